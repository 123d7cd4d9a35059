import { closestName } from '../core/closest-name.ts'

/** The hint for a misspelt name; undefined when nothing is near, or the name is so short that everything is. */
export function suggest(name: string, candidates: Iterable<string>): string | undefined {
  const near = nearestName(name, candidates)
  return near === undefined ? undefined : `Did you mean \`${near}\`?`
}

/** The candidate that was most likely meant. */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  return name.length < 3 ? undefined : closestName(name, candidates)
}
