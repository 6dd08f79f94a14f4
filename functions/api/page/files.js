/** Which files a browser plays: of lectures, whatever was sent is kept. */

const ENDINGS = /\.(mp4|m4v|mov|webm)$/;

/** Whether a film is there and its kind is one that browsers know. */
export const playable = (item) => Boolean(item?.url) && ENDINGS.test(new URL(item.url).pathname);
