import { join, relative } from 'node:path'
import { builtinAgents } from '../../agents/registry.ts'
import type { Refusal } from '../../core/refusal.ts'
import { findGitFolder } from '../../process/git-folder.ts'
import { readHeadCommit } from '../../run/head-commit.ts'
import { printFile } from '../../workflow/print-file.ts'
import type { CommandLine } from '../command.ts'
import { refuse } from '../complain.ts'
import type { ExitCode } from '../exit-code.ts'
import { pathFromRoot } from '../compile-file.ts'
import { findDefaultFile } from '../find-root.ts'
import { printMadeFiles, writeMadeFiles, type MadeFile } from '../made-files.ts'
import { quoted } from '../parse-arguments.ts'
import { probeRuntimes } from '../probe-runtimes.ts'
import type { Surroundings } from '../surroundings.ts'
import { surveyRepository, type Survey } from './survey.ts'
import type { ChosenAgent, DraftFile, Template } from './template.ts'
import { templateNames } from './template-names.ts'
import { templates } from './templates.ts'

/** Where the files of a template go: GitHub reads workflows at the root of a repository alone. */
function pathsOf(name: string): {
  readonly orchestration: string
  readonly workflow: string
  readonly isDefault: boolean
} {
  const isDefault = name === 'orchestrator'
  return {
    orchestration: isDefault ? '.github/orchestrator.yml' : `.github/${name}.orchestrator.yml`,
    workflow: `.github/workflows/${name}.yml`,
    isDefault,
  }
}

/** What `orchestrator init` does. */
export async function initRepository(line: CommandLine, around: Surroundings): Promise<ExitCode> {
  const { root } = around
  if (findGitFolder(around.cwd) === undefined)
    return refuse(around, { mistake: `${around.cwd} is in no git repository`, hint: 'git init' })
  const isDry = line.has('dry-run')
  const name = templateNames.find((candidate) => candidate === line.value('template')) ?? templateNames[0]
  const template = templates[name]
  const paths = pathsOf(template.name)
  const known = paths.isDefault ? findDefaultFile(around.cwd, root) : undefined
  if (known !== undefined && !isDry)
    return refuse(around, {
      mistake: `this repository has an orchestration file: ${pathFromRoot(known, around)}`,
      hint: 'orchestrator check; or see what would be written: --dry-run; nightly-audit and fix stand beside it',
    })
  const agent = await chooseAgent(line.value('runtime'), template.needs, around)
  if ('mistake' in agent) return refuse(around, agent)
  const survey = surveyRepository(root)
  const files = [
    { path: paths.orchestration, ...textOf(template.orchestration(survey, agent)) },
    { path: paths.workflow, ...textOf(template.workflow(survey, agent)) },
  ] satisfies MadeFile[]
  if (isDry) {
    printMadeFiles(files, around)
    return 0
  }
  const problem = writeMadeFiles(files, around)
  if (problem !== undefined) return refuse(around, problem)
  around.out.write(
    [
      `Found: ${describeFound(survey, agent)}.`,
      ...files.map(({ path }) => `Wrote ${path}`),
      ...(around.cwd === root
        ? []
        : [`Both at the root of the repository, ${root}: GitHub reads workflows nowhere else.`]),
      `It ${template.does}. Next:`,
      ...nextSteps(agent, survey, {
        file: paths.isDefault ? '' : ` ${relative(around.cwd, join(root, paths.orchestration))}`,
        isEmpty: readHeadCommit(root) === null,
        isAboutChanges: paths.isDefault,
      }),
      '',
    ].join('\n'),
  )
  return 0
}

function textOf({ value, ...options }: DraftFile): { text: string } {
  return { text: printFile(value, options) }
}

async function chooseAgent(
  wanted: string | undefined,
  needed: Template['needs'],
  around: Surroundings,
): Promise<ChosenAgent | Refusal> {
  const all = builtinAgents.filter(({ kind, package: from }) => kind === 'agent' && from !== undefined)
  const agents = all.filter(({ supports }) => needed === undefined || supports.has(needed))
  if (wanted !== undefined && !agents.some(({ name }) => name === wanted))
    return {
      mistake: `this template needs \`${needed}\`, which the runtime ${wanted} does not support`,
      hint: `--runtime ${agents.map(({ name }) => name).join(' or ')}`,
    }
  const probed = await probeRuntimes(around, new Set(agents.map(({ name }) => name)))
  const isFound = (name: string): boolean => probed.some((one) => one.name === name && one.path !== null)
  const chosen = agents.find(({ name }) => (wanted === undefined ? isFound(name) : name === wanted)) ?? agents[0]
  const key = chosen?.login?.variables[0]
  if (chosen?.package === undefined || key === undefined)
    return { mistake: `this version has no agent ${wanted ?? ''}` }
  const version = probed.find(({ name }) => name === chosen.name)?.version ?? ''
  return {
    runtime: chosen.name,
    version: /^\d+\.\d+\.\d+$/.test(version) ? version : chosen.package.version,
    key,
    found: isFound(chosen.name),
    supports: chosen.supports,
  }
}

function describeFound({ languages, managers, test, defaultBranch }: Survey, agent: ChosenAgent): string {
  return [
    languages.length === 0 ? 'no language that is known here' : `${languages.join(', ')} (${managers.join(', ')})`,
    test === undefined ? 'no tests' : `tests by \`${test}\``,
    `default branch ${defaultBranch}`,
    agent.found ? `${agent.runtime} ${agent.version} on the PATH` : `${agent.runtime} not on the PATH`,
  ].join('; ')
}

function nextSteps(
  { runtime, version, key, found }: ChosenAgent,
  { defaultBranch, saysDefault }: Survey,
  { file, isEmpty, isAboutChanges }: { file: string; isEmpty: boolean; isAboutChanges: boolean },
): string[] {
  const npm = builtinAgents.find(({ name }) => name === runtime)?.package?.npm
  return [
    ...(isEmpty ? ['git add --all && git commit -m "First commit"   # changes are compared with a commit'] : []),
    ...(found ? [] : [`npm install -g ${npm}@${version}   # ${runtime}, to run it here`]),
    `orchestrator run${file} --simulate${saysDefault || !isAboutChanges ? '' : ` --base ${quoted(defaultBranch)}`}   # try it: no key, no cost`,
    `orchestrator plan${file}             # what runs, in which order`,
    `gh secret set ${key}   # then commit both files and ${isAboutChanges ? 'open a pull request' : 'start the workflow'}`,
  ].map((step) => `  ${step}`)
}
