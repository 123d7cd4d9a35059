import type { Edge, Instance } from '../core/instance.ts'
import { isLink } from '../core/is-link.ts'
import type { LinkRule } from '../core/link.ts'
import { linkName } from './links.ts'
import type { PrintedEntry } from './print-process.ts'

/** An edge as an entry of `needs`; `name` is what its upstream is called there. */
export function needEntry(
  { from, when, delayMs, plain, atLeast, cancelRest, optional }: Edge,
  name: string,
  upstream: Instance | undefined,
): string | PrintedEntry {
  if (plain) return name
  return {
    ...(upstream !== undefined && isLink(upstream)
      ? { ...linkEntry(from, upstream.link), optional }
      : { instance: name }),
    when: when === 'success' ? undefined : typeof when === 'string' ? when : `\${{ ${when.expression} }}`,
    delay: delayMs === 0 ? undefined : `${delayMs}ms`,
    'at-least': atLeast,
    'cancel-rest': cancelRest,
  }
}

function linkEntry(id: string, { run, branch, maxAgeMs }: LinkRule): PrintedEntry {
  return {
    run,
    as: linkName({ run }) === id ? undefined : id,
    branch,
    'max-age': maxAgeMs === undefined ? undefined : `${maxAgeMs / 3_600_000}h`,
  }
}
