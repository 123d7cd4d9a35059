import { registerHooks } from 'node:module'

/** From here on Node takes JSON that is imported without saying so, as the parser of workflows imports its schemas. */
export function acceptJsonImports(): void {
  registerHooks({
    resolve(specifier, context, next) {
      const resolved = next(specifier, context)
      return resolved.url.endsWith('.json')
        ? { ...resolved, importAttributes: { ...resolved.importAttributes, type: 'json' } }
        : resolved
    },
  })
}
