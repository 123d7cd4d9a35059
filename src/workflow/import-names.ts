/** Ids made of foreign names: of the characters an id may have, each given once. */
export interface ImportedNames {
  /** A new id for a name; the same name asked for again gets `-2`, `-3`. */
  claim(name: string): string
}

/** No ids taken yet; `fallback` is what a name without a usable character becomes. */
export function createImportedNames(fallback: string): ImportedNames {
  const taken = new Set<string>()
  return {
    claim(name) {
      const stem = slugOf(name, fallback)
      let id = stem
      for (let count = 2; taken.has(id.toLowerCase()); count++) id = `${stem}-${count}`
      taken.add(id.toLowerCase())
      return id
    },
  }
}

function slugOf(name: string, fallback: string): string {
  const slug = name
    .replaceAll(/[^A-Za-z0-9_-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '')
  if (slug === '' || slug === '__proto__') return fallback
  return /^[A-Za-z_]/.test(slug) ? slug : `${fallback}-${slug}`
}
