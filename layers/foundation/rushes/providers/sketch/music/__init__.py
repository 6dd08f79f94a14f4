"""The band behind the sketch composer: styles, harmony, instruments, a score and a mixing desk."""
