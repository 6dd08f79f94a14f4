"""Topics of a lecture from vectors of its sentences: by meaning (`local`), or by counted words (`sketch`)."""
