import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { Agent } from '../../src/agents/agent.ts'
import { builtinAgents } from '../../src/agents/registry.ts'

/** The agents whose CLIs are no development dependency, for they are large. */
export const foreignAgents: readonly Agent[] = ['copilot', 'qwen', 'opencode', 'pi'].map((name) => {
  const agent = builtinAgents.find((candidate) => candidate.name === name)
  if (agent === undefined) throw new Error(`${name} is not in the registry`)
  return agent
})

/**
 * Installs these CLIs from npm, at the versions they are tested with, into a folder of their own, and puts them on the PATH; the variable `CLIS` names
 * a folder whose `node_modules` has them already. Answers what removes them.
 */
export function installClis(agents: readonly Agent[]): () => void {
  const packages = agents.flatMap(({ package: of }) => (of === undefined ? [] : `${of.npm}@${of.version}`))
  const { bin, remove } = installPackages(packages, process.env['CLIS'] ?? '')
  process.env['PATH'] = [bin, process.env['PATH']].join(delimiter)
  return remove
}

/** Installs packages into a folder of their own, unless a folder is given that has them: the folder of their programs, and what removes them. */
export function installPackages(packages: readonly string[], given: string): { bin: string; remove: () => void } {
  const folder = given === '' ? mkdtempSync(join(tmpdir(), 'clis-')) : given
  if (given === '') {
    writeFileSync(join(folder, 'package.json'), '{"private":true}')
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', ...packages], { cwd: folder })
  }
  return {
    bin: join(folder, 'node_modules/.bin'),
    remove: () => {
      if (given === '') rmSync(folder, { recursive: true, force: true })
    },
  }
}
