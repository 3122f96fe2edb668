/** Platforms that audiences can be kept on; each has a connector (a test holds the two together). */
export const AD_PLATFORMS: readonly string[] = ["linkedin"];
