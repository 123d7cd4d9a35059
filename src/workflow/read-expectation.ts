import type { Expectation } from '../core/expectation.ts'
import type { Settings } from './settings.ts'

/** Evidence asked for; an answer that is empty is none. */
export function readExpectation(settings: Settings, isPrompt: boolean): Expectation {
  const expected = settings.find('expect')?.value ?? {}
  const { text = isPrompt ? 'non-empty' : undefined, files, denials, regex, 'no-warnings': noWarnings } = expected
  return {
    ...(text !== undefined && { text }),
    ...(files !== undefined && { files }),
    ...(denials !== undefined && { denials }),
    ...(regex !== undefined && { regex }),
    ...(noWarnings && { noWarnings }),
  }
}
