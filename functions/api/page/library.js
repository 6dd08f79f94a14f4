/** The beats a film can be told with, by where they stand: the names of the beat library. */

export const LIBRARY = {
  opening: ["hero_shot", "ambient_lifestyle", "teaser_reveal", "dynamic_intro", "atmospheric_setup"],
  middle: [
    "detail_showcase",
    "product_in_motion",
    "usage_scenario",
    "lifestyle_context",
    "feature_highlight_sequence",
    "action_montage",
    "benefit_showcase",
    "transformation_moment",
  ],
  closing: ["call_to_action", "brand_moment"],
};
