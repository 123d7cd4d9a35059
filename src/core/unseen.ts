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

/** What is shown, for languages and emoji need it, and yet cannot be seen. */
const invisibleRanges: readonly Range[] = [
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x180e, 0x180e],
  [0x200b, 0x200d],
  [0x2060, 0x2065],
  [0x206a, 0x206f],
  [0xfe00, 0xfe0f],
  [0xe0100, 0xe01ef],
]

/** Everything that nobody sees in a text: between two characters it does not keep them apart. */
export const unseenRanges: readonly Range[] = [...hiddenRanges, ...invisibleRanges]

/** Longest string that a terminal is sent as a command (OSC and others) and longest HTML comment; what is longer counts as text. */
export const longestUnseen = 4096
