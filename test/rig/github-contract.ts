import { readFileSync } from 'node:fs'
import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'

/** One operation of GitHub's REST API, as its OpenAPI description has it. */
export interface Operation {
  readonly method: string
  readonly path: string
  /** Values of the path's parameters, decoded. */
  readonly parameters: Readonly<Record<string, string>>
}

/** Holds requests and answers against GitHub's own description of them. */
export interface Contract {
  find(method: string, pathname: string): Operation | undefined
  /** What is wrong with a request; empty when nothing is. */
  checkRequest(operation: Operation, query: URLSearchParams, body: unknown): string[]
  checkAnswer(operation: Operation, status: number, body: unknown): string[]
}

interface Described {
  readonly parameters?: readonly { $ref?: string; name: string; in: string; required?: boolean; schema: object }[]
  readonly requestBody?: { readonly required?: boolean; readonly content: Record<string, { readonly schema: object }> }
  readonly responses: Record<string, { $ref?: string; content?: Record<string, { readonly schema: object }> }>
}

/** The contract of the operations in `github-openapi.json`; see `scripts/cut-openapi.ts`. */
export function loadContract(): Contract {
  const whole = JSON.parse(readFileSync(new URL('github-openapi.json', import.meta.url), 'utf8'))
  const ajv = new Ajv({ strict: false, coerceTypes: false, allErrors: false })
  addFormats.default(ajv)
  ajv.addSchema(whole, 'github')
  const paths: Record<string, Record<string, Described>> = whole.paths
  const patterns = Object.keys(paths).map((path) => ({
    path,
    names: [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''),
    pattern: new RegExp(`^${path.replace('{path}', '(.+)').replaceAll(/\{\w+\}/g, '([^/]+)')}$`),
  }))
  const compiled = new Map<object, ValidateFunction>()
  const validate = (schema: object, value: unknown, coerce = false): string[] => {
    let check = compiled.get(schema)
    if (check === undefined) {
      const pointed = JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"github#/components/'))
      check = (coerce ? coercing : ajv).compile(pointed)
      compiled.set(schema, check)
    }
    if (check(value)) return []
    return (check.errors ?? []).map((error) => `${error.instancePath || '/'} ${error.message}`)
  }
  const coercing = new Ajv({ strict: false, coerceTypes: true })
  addFormats.default(coercing)
  coercing.addSchema(whole, 'github')
  const resolve = <T extends { $ref?: string }>(value: T): T => {
    if (value.$ref === undefined) return value
    const [, , section = '', name = ''] = value.$ref.split('/')
    return whole.components[section][name]
  }
  const describe = ({ path, method }: Operation): Described => {
    const described = paths[path]?.[method]
    if (described === undefined) throw new Error(`no ${method} ${path}`)
    return described
  }
  return {
    find(method, pathname) {
      for (const { path, names, pattern } of patterns) {
        const match = pattern.exec(pathname)
        if (match === null || paths[path]?.[method.toLowerCase()] === undefined) continue
        const values = match.slice(1).map((value) => decodeURIComponent(value))
        return {
          method: method.toLowerCase(),
          path,
          parameters: Object.fromEntries(names.map((name, index) => [name, values[index] ?? ''])),
        }
      }
      return undefined
    },
    checkRequest(operation, query, body) {
      const described = describe(operation)
      const problems: string[] = []
      const parameters = (described.parameters ?? []).map(resolve)
      for (const { name, in: place, required, schema } of parameters) {
        const value = place === 'path' ? operation.parameters[name] : (query.get(name) ?? undefined)
        if (value === undefined && required === true) problems.push(`${place} parameter ${name} is missing`)
        if (value === undefined) continue
        const wrapped = coercedSchema(schema)
        problems.push(...validate(wrapped, { value }, true).map((problem) => `${name}: ${problem}`))
      }
      const known = new Set(parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name))
      for (const name of query.keys()) if (!known.has(name)) problems.push(`unknown query parameter ${name}`)
      const schema = described.requestBody?.content['application/json']?.schema
      if (body === undefined && described.requestBody?.required !== true) return problems
      if (schema !== undefined) problems.push(...validate(schema, body).map((problem) => `body: ${problem}`))
      else if (body !== undefined) problems.push('a body where none is wanted')
      return problems
    },
    checkAnswer(operation, status, body) {
      const answer = describe(operation).responses[String(status)]
      // 401, rate limits and broken servers can come from every operation and are described at none.
      const schema =
        answer === undefined
          ? { $ref: '#/components/schemas/basic-error' }
          : resolve(answer).content?.['application/json']?.schema
      if (answer === undefined && (status < 400 || status === 422)) return [`no answer ${status} is described`]
      if (schema === undefined) return body === undefined ? [] : ['a body where none is described']
      return validate(schema, body)
    },
  }
}

const wrappers = new WeakMap<object, object>()

/** Parameters are text: they are checked as a property, so that ajv may coerce them. */
function coercedSchema(schema: object): object {
  let wrapper = wrappers.get(schema)
  if (wrapper === undefined) wrappers.set(schema, (wrapper = { type: 'object', properties: { value: schema } }))
  return wrapper
}
