import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { commandTable } from '../../src/cli/command-table.ts'
import { createPlace, run } from './command-line.ts'

const has = (shell: string): boolean => spawnSync(shell, ['--version']).error === undefined

/** What bash offers for the last of these words. */
async function offeredByBash(words: readonly string[]): Promise<string[]> {
  using place = createPlace()
  writeFileSync(join(place.path, 'script'), (await run(place.path, ['completion', 'bash'])).out)
  const list = words.map((word) => `'${word}'`).join(' ')
  const ask = `source ${join(place.path, 'script')}; COMP_WORDS=(${list}); COMP_CWORD=${words.length - 1}; _orchestrator; printf '%s\\n' "\${COMPREPLY[@]}"`
  return execFileSync('bash', ['-c', ask], { encoding: 'utf8' }).split('\n').filter(Boolean)
}

describe('completion', { skip: process.platform === 'win32' }, () => {
  it('of bash offers commands, then options, then the words that an option takes', { skip: !has('bash') }, async () => {
    const commands = await offeredByBash(['orchestrator', ''])
    for (const { name } of commandTable) assert.ok(commands.includes(name), name)
    assert.deepEqual(await offeredByBash(['orchestrator', 'rep']), ['report'])
    assert.deepEqual(await offeredByBash(['orchestrator', 'prune', '--k']), ['--keep'])
    assert.deepEqual(await offeredByBash(['orchestrator', 'report', '--format', 's']), ['sarif'])
    assert.deepEqual(await offeredByBash(['orchestrator', 'run', '']), [])
  })

  for (const shell of ['zsh', 'fish'])
    it(`of ${shell} is a script that it takes`, { skip: !has(shell) }, async () => {
      using place = createPlace()
      const path = join(place.path, 'script')
      writeFileSync(path, (await run(place.path, ['completion', shell])).out)
      assert.equal(execFileSync(shell, ['-n', path], { encoding: 'utf8' }), '')
    })

  it('of fish offers what the help says', { skip: !has('fish') }, async () => {
    using place = createPlace()
    const path = join(place.path, 'script')
    writeFileSync(path, (await run(place.path, ['completion', 'fish'])).out)
    const ask = (line: string): string =>
      execFileSync('fish', ['--no-config', '-c', `source ${path}; complete -C '${line}'`], { encoding: 'utf8' })
    assert.match(ask('orchestrator pru'), /^prune\tremove old runs/)
    assert.match(ask('orchestrator logs --fo'), /^--follow\t/)
    assert.match(ask('orchestrator report --format sa'), /^sarif/m)
  })

  it('of another shell is refused by name', async () => {
    using place = createPlace()
    const { code, err } = await run(place.path, ['completion', 'tcsh'])
    assert.equal(code, 2)
    assert.match(err, /no completion for tcsh\n.*bash, zsh, fish, powershell/)
  })
})
