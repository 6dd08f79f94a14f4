/** The shape of what a production makes. Clips in the lecture's own shape are shown in a wide frame. */

export const ratioOf = ({ request }) =>
  ["16:9", "9:16", "1:1"].includes(request.aspect_ratio) ? request.aspect_ratio : "16:9";
