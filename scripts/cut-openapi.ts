/**
 * Cuts GitHub's OpenAPI description to the operations that the action uses, for the loopback GitHub of the tests:
 * `node scripts/cut-openapi.ts node_modules/@octokit/openapi/generated/api.github.com.json` (not a dependency: 400 MB).
 * What only people read is left out, `nullable` becomes JSON Schema's own. Format it with oxfmt afterwards.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const operations: Record<string, readonly string[]> = {
  '/repos/{owner}/{repo}/issues/{issue_number}/comments': ['get', 'post'],
  '/repos/{owner}/{repo}/issues/comments/{comment_id}': ['get', 'patch', 'delete'],
  '/repos/{owner}/{repo}/pulls/{pull_number}': ['get', 'patch'],
  '/repos/{owner}/{repo}/pulls/{pull_number}/files': ['get'],
  '/repos/{owner}/{repo}/pulls/{pull_number}/comments': ['get'],
  '/repos/{owner}/{repo}/pulls/{pull_number}/reviews': ['get', 'post'],
  '/repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}': ['delete'],
  '/repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/events': ['post'],
  '/repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/dismissals': ['put'],
  '/repos/{owner}/{repo}/collaborators/{username}/permission': ['get'],
  '/repos/{owner}/{repo}/contents/{path}': ['get'],
  '/repos/{owner}/{repo}/check-runs': ['post'],
  '/repos/{owner}/{repo}/check-runs/{check_run_id}': ['patch'],
  '/repos/{owner}/{repo}/commits/{ref}/check-runs': ['get'],
  '/repos/{owner}/{repo}/code-scanning/sarifs': ['post'],
  '/repos/{owner}/{repo}/code-scanning/sarifs/{sarif_id}': ['get'],
  '/repos/{owner}/{repo}/issues': ['get', 'post'],
  '/repos/{owner}/{repo}/issues/{issue_number}': ['get', 'patch'],
  '/repos/{owner}/{repo}/issues/{issue_number}/labels': ['post'],
  '/repos/{owner}/{repo}/pulls': ['get', 'post'],
  '/repos/{owner}/{repo}/git/trees': ['post'],
  '/repos/{owner}/{repo}/git/commits': ['post'],
  '/repos/{owner}/{repo}/git/commits/{commit_sha}': ['get'],
  '/repos/{owner}/{repo}/git/ref/{ref}': ['get'],
  '/repos/{owner}/{repo}/git/refs': ['post'],
  '/repos/{owner}/{repo}/git/refs/{ref}': ['patch'],
  '/repos/{owner}/{repo}/actions/runs/{run_id}': ['get'],
  '/repos/{owner}/{repo}/actions/runs/{run_id}/artifacts': ['get'],
  '/repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}': ['get'],
  '/repos/{owner}/{repo}/actions/runs/{run_id}/cancel': ['post'],
  '/repos/{owner}/{repo}/actions/runs/{run_id}/rerun-failed-jobs': ['post'],
  '/repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs': ['get'],
  '/repos/{owner}/{repo}/issues/comments/{comment_id}/reactions': ['post'],
  '/repos/{owner}/{repo}/git/trees/{tree_sha}': ['get'],
  '/repos/{owner}/{repo}/git/blobs/{file_sha}': ['get'],
  '/repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers': ['post'],
  '/repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches': ['post'],
}

type Value = null | boolean | number | string | Value[] | { [key: string]: Value }
type Node = { [key: string]: Value }

const prose = new Set(['description', 'summary', 'example', 'examples', 'externalDocs', 'title', 'tags', 'deprecated'])
const formats = new Set(['date-time', 'uri', 'email'])
const reference = '#/components/'

const [source] = process.argv.slice(2)
if (source === undefined) throw new Error('usage: node scripts/cut-openapi.ts api.github.com.json')
const whole = asNode(JSON.parse(readFileSync(source, 'utf8')))
const target = join(resolve(import.meta.dirname, '..'), 'test/rig/github-openapi.json')

const components: Node = {}
const paths: Node = {}
for (const [path, methods] of Object.entries(operations)) {
  const described = asNode(asNode(whole['paths'])[path])
  paths[path] = Object.fromEntries(methods.map((method) => [method, cut(described[method] ?? null, false)]))
}
const { version } = asNode(whole['info'])
writeFileSync(
  target,
  `${JSON.stringify({ openapi: whole['openapi'], info: { title: 'GitHub REST API, cut', version }, paths, components })}\n`,
)

/** A copy without prose and extensions; what it refers to joins `components`. In `properties`, keys are names, not keywords. */
function cut(value: Value, isNames: boolean): Value {
  if (Array.isArray(value)) return value.map((item) => cut(item, false))
  if (typeof value !== 'object' || value === null) return value
  if (typeof value['$ref'] === 'string') {
    pull(value['$ref'])
    return { $ref: value['$ref'] }
  }
  const copy: Node = {}
  for (const [key, child] of Object.entries(value)) {
    if (!isNames && (prose.has(key) || key.startsWith('x-') || key === 'nullable')) continue
    if (!isNames && key === 'format' && !(typeof child === 'string' && formats.has(child))) continue
    copy[key] = cut(child, !isNames && (key === 'properties' || key === 'patternProperties'))
  }
  return !isNames && value['nullable'] === true ? orNull(copy) : copy
}

function orNull(schema: Node): Node {
  return { anyOf: [{ type: 'null' }, schema] }
}

function pull(ref: string): void {
  if (!ref.startsWith(reference)) throw new Error(`a reference out of the components: ${ref}`)
  const [section = '', name = ''] = ref.slice(reference.length).split('/')
  const into = asNode((components[section] ??= {}))
  if (into[name] !== undefined) return
  into[name] = true
  into[name] = cut(asNode(asNode(whole['components'])[section])[name] ?? null, false)
}

function asNode(value: Value | undefined): Node {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('not an object')
  return value
}
