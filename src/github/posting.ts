import { fieldOf } from '../core/field-of.ts'
import { authorOf, type Author } from './own-author.ts'

/** A comment, an issue or a review as REST answers it; texts are empty and numbers 0 where it has none. */
export interface Posting {
  readonly id: number
  /** Its name in GraphQL. */
  readonly nodeId: string
  /** Of an issue: what people call it by. */
  readonly number: number
  /** Of a review: `PENDING`, `COMMENTED`, `CHANGES_REQUESTED` and the like. */
  readonly state: string
  readonly body: string
  readonly url: string
  readonly author: Author
}

/** Reads one from an answer, whatever is in it. */
export function readPosting(data: unknown): Posting {
  return {
    id: numberIn(data, 'id'),
    nodeId: textIn(data, 'node_id'),
    number: numberIn(data, 'number'),
    state: textIn(data, 'state'),
    body: textIn(data, 'body'),
    url: textIn(data, 'html_url'),
    author: authorOf(data),
  }
}

/** The text in a field of an answer; empty where there is none. */
export function textIn(data: unknown, key: string): string {
  const value = fieldOf(data, key)
  return typeof value === 'string' ? value : ''
}

function numberIn(data: unknown, key: string): number {
  const value = fieldOf(data, key)
  return typeof value === 'number' ? value : 0
}
