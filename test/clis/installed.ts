import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { Agent } from '../../src/agents/agent.ts'
import { builtinAgents } from '../../src/agents/registry.ts'

/** The agents whose CLIs are no development dependency, for they are large; the variable `AGENTS` names some of them. */
export const foreignAgents: readonly Agent[] = (process.env['AGENTS'] ?? 'copilot qwen opencode pi')
  .split(' ')
  .map((name) => {
    const agent = builtinAgents.find((candidate) => candidate.name === name)
    if (agent === undefined) throw new Error(`${name} is not in the registry`)
    return agent
  })

/**
 * Installs these CLIs from npm, at the versions they are tested with, into a folder of their own, and puts them on the PATH; the variable `CLIS` names
 * a folder whose `node_modules` has them already.
 */
export function installClis(agents: readonly Agent[]): { readonly folder: string; readonly remove: () => void } {
  const packages = agents.flatMap(({ package: of }) => (of === undefined ? [] : `${of.npm}@${of.version}`))
  const { folder, remove } = installPackages(packages, process.env['CLIS'] ?? '')
  process.env['PATH'] = [join(folder, 'node_modules/.bin'), process.env['PATH']].join(delimiter)
  return { folder, remove }
}

/** Installs packages into a folder of their own, unless a folder is given that has them: the folder, and what removes it. */
function installPackages(packages: readonly string[], given: string): { folder: string; remove: () => void } {
  const folder = given === '' ? mkdtempSync(join(tmpdir(), 'clis-')) : given
  if (given === '') {
    writeFileSync(join(folder, 'package.json'), '{"private":true}')
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', ...packages], { cwd: folder })
  }
  return {
    folder,
    remove: () => {
      if (given === '') rmSync(folder, { recursive: true, force: true })
    },
  }
}
