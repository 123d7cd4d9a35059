import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { createPlace, run } from './command-line.ts'

const instance = (text: string): string => `instances:\n  a: { ${text} }\n`

/** Every way in which a file of the command line or of an orchestration file is named. */
const uses: Readonly<Record<string, (path: string) => { files: Record<string, string>; args: string[] }>> = {
  'an orchestration file': (path) => ({ files: {}, args: ['check', path] }),
  'a file to import': (path) => ({ files: {}, args: ['import', path] }),
  'a prompt': (path) => ({ files: { 'a.yml': instance(`prompt-file: ${path}`) }, args: ['check', 'a.yml'] }),
  instructions: (path) => ({
    files: { 'a.yml': instance(`prompt: hi, instructions-file: ${path}`) },
    args: ['check', 'a.yml'],
  }),
  'a schema': (path) => ({
    files: { 'a.yml': instance(`prompt: hi, output-schema: ${path}`) },
    args: ['check', 'a.yml'],
  }),
  'an included file': (path) => ({
    files: { 'a.yml': `include: ${path}\n${instance('run: make')}` },
    args: ['check', 'a.yml'],
  }),
  'simulation rules': (path) => ({
    files: { 'a.yml': instance('run: "true"') },
    args: ['run', 'a.yml', `--simulate=${path}`],
  }),
}

describe('a file that never ends is refused', { concurrency: 2, skip: process.platform === 'win32' }, () => {
  for (const [what, use] of Object.entries(uses))
    it(`as ${what}`, async () => {
      const { files, args } = use('pipe')
      using place = createPlace(files)
      execFileSync('mkfifo', [join(place.path, 'pipe')])
      const { code, out, err } = await run(place.path, args)
      assert.equal(code, 2)
      assert.match(out + err, /pipe.*not a regular file|cannot read.*pipe/)
    })

  it('as a device too, or where a link leads to it', async () => {
    using place = createPlace({ 'a.yml': instance('prompt-file: zero') })
    execFileSync('ln', ['-s', '/dev/zero', join(place.path, 'zero')])
    const { code, out } = await run(place.path, ['check', 'a.yml'])
    assert.equal(code, 2)
    assert.match(out, /file `zero` is not a regular file/)
    assert.match(
      (await run(place.path, ['check', '/dev/zero'])).err,
      /cannot read \/dev\/zero: it is not a regular file/,
    )
  })
})
