/** Subtitles in a player. A track of another origin is not loaded by a player: its cues are read here. */

const CUE =
  /(?:(\d+):)?(\d\d):(\d\d\.\d{3}) --> (?:(\d+):)?(\d\d):(\d\d\.\d{3})[^\n]*\n([\s\S]*?)(?=\n\n|$)/g;

/** `item` is the artifact of a WebVTT file; `shown`: at once, or when the person chooses them in the player. */
export async function subtitled(player, item, shown) {
  if (!item?.url || player.dataset.subtitles === String(item.version)) return;
  player.dataset.subtitles = item.version;
  const answer = await fetch(item.url).catch(() => null);
  if (!answer?.ok) return delete player.dataset.subtitles;
  const track = player.textTracks[0] ?? player.addTextTrack("subtitles", "Subtitles");
  track.mode = "hidden"; // a disabled track does not tell its cues
  for (const cue of [...(track.cues ?? [])]) track.removeCue(cue);
  for (const cue of cuesOf(await answer.text())) track.addCue(new VTTCue(cue.start, cue.end, cue.text));
  track.mode = shown ? "showing" : "disabled";
}

/** `[{start, end, text}]` in seconds. */
export const cuesOf = (file) =>
  [...file.replaceAll("\r", "").matchAll(CUE)].map(([, ...parts]) => ({
    start: seconds(...parts.slice(0, 3)),
    end: seconds(...parts.slice(3, 6)),
    text: parts[6].trimEnd(),
  }));

const seconds = (hours, minutes, rest) => Number(hours ?? 0) * 3600 + Number(minutes) * 60 + Number(rest);
