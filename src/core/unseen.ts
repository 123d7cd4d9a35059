/** First and last code point of a range. */
type Range = readonly [first: number, last: number]

/** What is taken out before text is shown: controls but tab and line feed; characters that reorder or hide text. */
export const hiddenRanges: readonly Range[] = [
  [0x00, 0x08],
  [0x0b, 0x1f],
  [0x7f, 0x9f],
  [0x61c, 0x61c],
  [0x200e, 0x200f],
  [0x202a, 0x202e],
  [0x2066, 0x2069],
  [0xfeff, 0xfeff],
  [0xfff9, 0xfffb],
  [0xe0000, 0xe007f],
]

/**
 * What is shown, for languages and emoji need it, and yet cannot be seen: all that is left of Unicode's Default_Ignorable_Code_Point, the fillers
 * of Hangul and what is reserved among it.
 */
const invisibleRanges: readonly Range[] = [
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200d],
  [0x2060, 0x2065],
  [0x206a, 0x206f],
  [0x3164, 0x3164],
  [0xfe00, 0xfe0f],
  [0xffa0, 0xffa0],
  [0xfff0, 0xfff8],
  [0x1bca0, 0x1bca3],
  [0x1d173, 0x1d17a],
  [0xe0080, 0xe0fff],
]

/** Everything that nobody sees in a text: between two characters it does not keep them apart. */
export const unseenRanges: readonly Range[] = [...hiddenRanges, ...invisibleRanges]

/** Longest string that a terminal is sent as a command (OSC and others), in UTF-16 units; what is longer counts as text. */
export const longestUnseen = 4096
