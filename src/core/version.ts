/** The version of this package; a test holds it against package.json. */
export const version = '0.1.0'

/** Whether one version of a program comes before another; what stands behind the numbers does not count. */
export function isOlder(version: string, than: string): boolean {
  const [a, b] = [version, than].map((text) => text.split(/[.+-]/).slice(0, 3).map(Number))
  for (const index of [0, 1, 2]) {
    const [left = 0, right = 0] = [a?.[index], b?.[index]]
    if (left !== right) return left < right
  }
  return false
}
