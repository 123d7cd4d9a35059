import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'
import { describe, it } from 'node:test'

describe('the generated schema, table and reference page', () => {
  it('are what the zod schema says', () => {
    const script = resolve(import.meta.dirname, '../../scripts/generate-schema.ts')
    execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' })
  })
})
