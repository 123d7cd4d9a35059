import { splitTemplate } from '../expression/template.ts'

/** Values that the workflow computes and the orchestration file only gets: the names of its inputs by their expressions. */
export interface LiftedInputs {
  /** A text in which the orchestration file evaluates what it can, and reads the rest as inputs. */
  lift(text: string): string
  /** The inputs of the text's own step, as the action takes them; empties the list. */
  take(): readonly (readonly [name: string, expression: string])[]
  /** All names so far. */
  names(): readonly string[]
  /** Expressions that read a secret. */
  readonly secrets: string[]
}

/** Contexts that are the same in an orchestration file, and functions of its own that need no state of the job. */
const shared = new Set(['github', 'runner', 'true', 'false', 'null', 'nan', 'infinity'])
const functions = new Set(['contains', 'startswith', 'endswith', 'format', 'join', 'tojson', 'fromjson'])

/** Of a file, whose inputs have names of their own. */
export function createLiftedInputs(): LiftedInputs {
  const names = new Map<string, string>()
  const secrets: string[] = []
  let ofStep = new Map<string, string>()
  return {
    names: () => [...names.values()],
    secrets,
    lift(text) {
      const { segments, issues } = splitTemplate(text)
      if (issues.length > 0) return text
      return segments
        .map((segment) => {
          if (segment.kind === 'text') return segment.text
          const source = segment.source.trim()
          if (isShared(source)) return `\${{ ${source} }}`
          if (/\bsecrets\b|\bgithub\s*\.\s*token\b/i.test(source)) secrets.push(source)
          const name = names.get(source) ?? nameFor(source, new Set(names.values()))
          names.set(source, name)
          ofStep.set(name, source)
          return `\${{ inputs.${name} }}`
        })
        .join('')
    },
    take() {
      const taken = [...ofStep]
      ofStep = new Map()
      return taken
    },
  }
}

/** Whether an orchestration file gives an expression the same value. */
function isShared(source: string): boolean {
  const bare = source.replaceAll(/'(?:[^']|'')*'/g, "''")
  if (/\bgithub\s*(?:\.\s*token\b|\[)/i.test(bare)) return false
  for (const [, name = '', call] of bare.matchAll(/(?<![\w.\])-])([A-Za-z_][\w-]*)\s*(\()?/g))
    if (call === undefined ? !shared.has(name.toLowerCase()) : !functions.has(name.toLowerCase())) return false
  return true
}

function nameFor(source: string, taken: ReadonlySet<string>): string {
  const slug =
    source
      .replaceAll(/[^A-Za-z0-9_]+/g, '-')
      .replaceAll(/^[-\d]+|-+$/g, '')
      .slice(0, 50)
      .replace(/-+$/, '')
      .toLowerCase() || 'value'
  let name = slug
  for (let count = 2; taken.has(name); count++) name = `${slug}-${count}`
  return name
}
