import { fieldOf } from '../../core/field-of.ts'
import type { Plan } from '../../core/plan.ts'
import { ApiError, describeApiError, isForbidden } from '../../github/api.ts'
import { runGit } from '../../process/git.ts'
import { orchestratingEvents } from '../../workflow/job-permissions.ts'
import { openGithub } from '../github-access.ts'
import type { Surroundings } from '../surroundings.ts'
import { folder, readWorkflow, workflowNames } from './examine-permissions.ts'
import type { Finding } from './examine-plan.ts'

const limitMs = 10_000
/** More policies of one repository are not asked about, each of which is a request. */
const mostPolicies = 20

/** Which events a policy lets start which workflows; undefined where it lets all. */
interface Policy {
  readonly name: string
  readonly allowed: readonly string[]
  /** Whether it holds for a workflow; undefined: it is not known, for its pattern is none that we know. */
  readonly holdsFor: (path: string) => boolean | undefined
}

/**
 * Whether the events that start a workflow which runs this file may do so: the execution policies of a repository and its owner block others, and a
 * blocked run never starts (docs.github.com, "About Actions policies"). Asked of GitHub where there is a token; reading them needs the
 * permission Administration (read), which no job's token has.
 */
export async function examineEvents(plan: Plan, around: Surroundings): Promise<Finding[]> {
  const path = plan.source?.path
  if (path === undefined) return []
  const started = workflowNames(around.root).map((name) => {
    const workflow = `${folder}/${name}`
    return { workflow, events: orchestratingEvents(readWorkflow(around.root, name), path) }
  })
  if (started.every(({ events }) => events.length === 0)) return []
  const policies = await askPolicies(around)
  return started.flatMap(({ workflow, events }) => events.flatMap((event) => judge(event, workflow, policies)))
}

function judge(event: string, workflow: string, policies: readonly Policy[] | string | undefined): Finding[] {
  const about = { kind: 'event', what: event, wantedBy: [] } as const
  if (Array.isArray(policies)) {
    const blocking = (policies as readonly Policy[]).filter(
      ({ allowed, holdsFor }) => holdsFor(workflow) !== false && !allowed.includes(event),
    )
    const sure = blocking.find(({ holdsFor }) => holdsFor(workflow) === true)
    const [first = sure] = blocking
    if (first === undefined) return [{ ...about, state: 'fine', detail: `may start ${workflow}` }]
    const fix = `allow \`${event}\` in the policy "${first.name}" (Settings, Actions, Policies), or start ${workflow} by another event`
    if (sure !== undefined)
      return [
        { ...about, state: 'missing', detail: `the policy "${sure.name}" does not let it start ${workflow}`, fix },
      ]
    return [
      { ...about, state: 'uncertain', detail: `the policy "${first.name}" may not let it start ${workflow}`, fix },
    ]
  }
  if (event !== 'pull_request_target') return []
  const why = typeof policies === 'string' ? ` (its policies are not known: ${policies})` : ''
  return [
    {
      ...about,
      state: 'uncertain',
      detail: `a public repository without a policy of its own does not let it start ${workflow}${why}`,
      fix: 'take `pull_request` and `workflow_run` instead, as in examples/workflows/fork-checks.yml and fork-publish.yml, or allow it (Settings, Actions, Policies)',
    },
  ]
}

/** Undefined where nobody can be asked, and why not where GitHub does not say. */
async function askPolicies({ environment, root }: Surroundings): Promise<readonly Policy[] | string | undefined> {
  const access = await openGithub(environment, await remoteOf(root, environment['PATH'] ?? ''))
  if ('unknown' in access) return undefined
  const { api, owner, repo } = access
  const signal = AbortSignal.timeout(limitMs)
  const get = async (route: string, parameters: object): Promise<unknown> =>
    (await api(`GET /repos/{owner}/{repo}/actions/policies${route}`, { owner, repo, ...parameters }, signal)).data
  try {
    const listed = fieldOf(await get('', { per_page: 100, has_parents: true }), 'policies')
    // Nothing that could be read is not the same as none.
    if (!Array.isArray(listed)) return 'GitHub answers with no list'
    const active = listed.filter((each) => fieldOf(each, 'enforcement') !== 'disabled')
    const ids = active.slice(0, mostPolicies).map((each: unknown) => Number(fieldOf(each, 'id')))
    return (await Promise.all(ids.map((id) => get('/{policy_id}', { policy_id: id })))).flatMap(readPolicy)
  } catch (error) {
    const isRefusal = isForbidden(error) || (error instanceof ApiError && error.status === 401)
    return `GitHub answers ${describeApiError(error)}${isRefusal ? '; reading them needs Administration: read' : ''}`
  }
}

/** Those that are only evaluated block nothing. */
function readPolicy(data: unknown): Policy[] {
  const rules = fieldOf(data, 'rules')
  if (fieldOf(data, 'enforcement') !== 'active' || !Array.isArray(rules)) return []
  const paths = fieldOf(fieldOf(data, 'conditions'), 'workflow_path')
  const holdsFor = (path: string): boolean | undefined => {
    if (paths === undefined) return true
    const [included, excluded] = [matches(fieldOf(paths, 'include'), path), matches(fieldOf(paths, 'exclude'), path)]
    if (included === false || excluded === true) return false
    return included === true && excluded === false ? true : undefined
  }
  const name = String(fieldOf(data, 'name'))
  return rules.flatMap((rule: unknown) => {
    const allowed = fieldOf(fieldOf(rule, 'parameters'), 'allowed_events')
    if (fieldOf(rule, 'type') !== 'restrict_action_events' || !Array.isArray(allowed)) return []
    return [{ name, allowed: allowed.map(String), holdsFor }]
  })
}

function matches(patterns: unknown, path: string): boolean | undefined {
  const all = Array.isArray(patterns) ? patterns.map(String) : []
  if (all.some((pattern) => pattern === '~ALL' || pattern === path || globOf(pattern)?.test(path) === true)) return true
  return all.some((pattern) => globOf(pattern) === undefined) ? undefined : false
}

/** A pattern of `*`, `**` and `?` as an expression; undefined where it has more. */
function globOf(pattern: string): RegExp | undefined {
  if (/[[\]{}\\]/.test(pattern)) return undefined
  const parts = pattern.split(/(\*+|\?)/).map((part, index) => {
    if (index % 2 === 0) return part.replaceAll(/[.+^$()|]/g, String.raw`\$&`)
    return part === '?' ? '[^/]' : part === '*' ? '[^/]*' : '.*'
  })
  return new RegExp(`^${parts.join('')}$`)
}

/** The address of the remote `origin`; empty where there is none. */
async function remoteOf(root: string, PATH: string): Promise<string> {
  const { code, stdout } = await runGit(['remote', 'get-url', 'origin'], { cwd: root, env: { PATH }, timeoutMs: 5000 })
  return code === 0 ? stdout : ''
}
