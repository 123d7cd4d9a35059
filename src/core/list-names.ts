/** `a, b, c and 4 more`. */
export function listNames(names: readonly string[], shown = 5): string {
  if (names.length <= shown) return names.join(', ')
  return `${names.slice(0, shown).join(', ')} and ${names.length - shown} more`
}
