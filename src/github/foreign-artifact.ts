import { fieldOf } from '../core/field-of.ts'
import { createHash } from 'node:crypto'
import { ApiError, type Api } from './api.ts'
import type { PullRequest } from './context.ts'
import { listAll } from './own-author.ts'

/** How GitHub can be asked. */
export interface AskAboutRun {
  readonly api: Api
  readonly repository: { readonly owner: string; readonly name: string }
  readonly signal: AbortSignal
}

/** A workflow run as GitHub knows it. */
export interface WorkflowRun {
  readonly id: number
  readonly attempt: number
  /** The event that it ran for. */
  readonly event: string
  readonly url: string
  readonly headSha: string
  /** `owner/name`; null when the repository of its commit is gone. */
  readonly headRepository: string | null
  readonly headBranch: string
  /** When this attempt began, ISO 8601. */
  readonly startedAt: string
  /** `completed`, or what it is doing. */
  readonly status: string
  readonly conclusion: string | null
}

/** An artifact that was not downloaded yet. */
export interface ListedArtifact {
  readonly id: number
  readonly name: string
  readonly bytes: number
  /** `sha256:…`, where GitHub says. */
  readonly digest: string | undefined
}

/** Why an artifact could not be had. */
export class ArtifactError extends Error {
  override readonly name = 'ArtifactError'
}

/** Largest archive that is downloaded. */
const archiveLimit = 32 * 1024 * 1024

/** What GitHub knows of a run of this repository. */
export async function askAboutRun(id: number, { api, repository, signal }: AskAboutRun): Promise<WorkflowRun> {
  const route = 'GET /repos/{owner}/{repo}/actions/runs/{run_id}'
  const { data } = await api(route, { owner: repository.owner, repo: repository.name, run_id: id }, signal)
  return {
    id,
    attempt: numberIn(data, 'run_attempt'),
    event: textIn(data, 'event'),
    url: textIn(data, 'html_url'),
    headSha: textIn(data, 'head_sha'),
    headRepository: textIn(fieldOf(data, 'head_repository'), 'full_name') || null,
    headBranch: textIn(data, 'head_branch'),
    startedAt: textIn(data, 'run_started_at'),
    status: textIn(data, 'status'),
    conclusion: textIn(data, 'conclusion') || null,
  }
}

/**
 * The open pull requests whose head is the commit of a run. Of a fork's run GitHub itself names none; there may be several, from one branch into several.
 */
export async function findPullRequests(run: WorkflowRun, { api, repository, signal }: AskAboutRun) {
  const route = 'GET /repos/{owner}/{repo}/pulls'
  const head = `${(run.headRepository ?? '').split('/')[0] ?? ''}:${run.headBranch}`
  const { data } = await api(
    route,
    { owner: repository.owner, repo: repository.name, state: 'open', head, per_page: 100 },
    signal,
  )
  return (Array.isArray(data) ? (data as unknown[]) : [])
    .map(readPullRequest)
    .filter(({ headSha, headRepository }) => headSha === run.headSha && headRepository === run.headRepository)
}

/** The artifacts of the latest attempt of a run whose name is one of the wanted, the first by name. */
export async function listArtifacts(
  run: WorkflowRun,
  isWanted: (name: string) => boolean,
  { api, repository, signal }: AskAboutRun,
): Promise<ListedArtifact[]> {
  const route = 'GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts'
  const { data } = await api(
    route,
    { owner: repository.owner, repo: repository.name, run_id: run.id, per_page: 100 },
    signal,
  )
  const listed = fieldOf(data, 'artifacts')
  return (Array.isArray(listed) ? (listed as unknown[]) : [])
    .filter((each) => fieldOf(each, 'expired') !== true && textIn(each, 'created_at') >= run.startedAt)
    .map((each) => ({
      id: numberIn(each, 'id'),
      name: textIn(each, 'name'),
      bytes: numberIn(each, 'size_in_bytes'),
      digest: textIn(each, 'digest') || undefined,
    }))
    .filter(({ name }) => isWanted(name))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
}

/** The archive of an artifact. Throws ArtifactError where it is too large or not what GitHub took in, and as the API does. */
export async function downloadArtifact(
  { id, bytes, digest }: ListedArtifact,
  { api, repository, signal }: AskAboutRun,
): Promise<Buffer> {
  if (bytes > archiveLimit)
    throw new ArtifactError(`has ${bytes} bytes, more than the ${archiveLimit} that are downloaded`)
  const route = 'GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}'
  const parameters = { owner: repository.owner, repo: repository.name, artifact_id: id, archive_format: 'zip' }
  const { data } = await api(route, parameters, signal)
  if (!(data instanceof ArrayBuffer)) throw new ArtifactError('is no archive')
  const archive = Buffer.from(data)
  if (archive.length > archiveLimit) throw new ArtifactError(`has ${archive.length} bytes`)
  const got = `sha256:${createHash('sha256').update(archive).digest('hex')}`
  if (digest !== undefined && digest !== got) throw new ArtifactError('is not what was uploaded: its digest differs')
  return archive
}

/** A part of a pull request's diff, as GitHub shows it. */
export interface PullFile {
  readonly path: string
  readonly status: string
  /** Hunks of a unified diff; undefined for what has none to show, or too many. */
  readonly patch: string | undefined
}

/** The files of a pull request; at most 3,000. */
export async function listPullFiles(
  number: number,
  { api, repository, signal }: AskAboutRun,
): Promise<readonly PullFile[]> {
  const route = 'GET /repos/{owner}/{repo}/pulls/{pull_number}/files'
  const place = { owner: repository.owner, repo: repository.name, pull_number: number }
  const listed = await listAll(api, route, place, signal)
  return listed.map((each) => ({
    path: textIn(each, 'filename'),
    status: textIn(each, 'status'),
    patch: textIn(each, 'patch') || undefined,
  }))
}

function readPullRequest(data: unknown): PullRequest & { readonly headSha: string } {
  const head = fieldOf(data, 'head')
  return {
    number: numberIn(data, 'number'),
    headSha: textIn(head, 'sha'),
    baseSha: textIn(fieldOf(data, 'base'), 'sha') || undefined,
    headRepository: textIn(fieldOf(head, 'repo'), 'full_name') || null,
    author: textIn(fieldOf(data, 'user'), 'login'),
  }
}

function textIn(value: unknown, key: string): string {
  const text = fieldOf(value, key)
  return typeof text === 'string' ? text : ''
}

function numberIn(value: unknown, key: string): number {
  const number = fieldOf(value, key)
  if (typeof number !== 'number') throw new ApiError(0, `GitHub gave an answer without \`${key}\``)
  return number
}
