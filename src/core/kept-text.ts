import { parseJson } from './parse-json.ts'
import type { Json } from './json.ts'

/** A text that is too long to be carried by events: it stands in a file of its own. */
export interface KeptText {
  /** Relative to the run directory. */
  readonly file: string
  readonly bytes: number
  /** Of the file's content, in hex. */
  readonly sha256: string
}

/** Reads such a text. Throws an error whose message names the file where it is not what was written. */
export type ReadKeptText = (kept: KeptText) => string

/** Of the end of an attempt, what may stand in files. */
interface Ended {
  readonly text: string
  readonly textFile?: KeptText
  readonly json: Json
  readonly jsonFile?: KeptText
}

/** Most UTF-16 units of a text that an event carries; of a longer one it has an excerpt, `textFile` the whole. */
export const carriedLimit = 8192

/** UTF-16 units of the excerpt of a longer one: its start and its end, for a journal that is read without the file. */
export const excerptLimit = 2048

/** The text of an attempt, from its file where it has one; without a reader, the excerpt. Throws as the reader does. */
export function wholeText(ended: Ended, read: ReadKeptText | undefined): string {
  return ended.textFile === undefined || read === undefined ? ended.text : read(ended.textFile)
}

/** What an attempt's output was parsed to, from its file where it has one; without a reader null. Throws as the reader does. */
export function wholeJson({ json, jsonFile }: Ended, read?: ReadKeptText): Json {
  return jsonFile === undefined || read === undefined ? json : parseJson(read(jsonFile))
}
