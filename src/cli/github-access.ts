import { createApi, type Api } from '../github/api.ts'

/** GitHub's API as a command at a desk asks it, and the repository it is asked about. */
export interface GithubAccess {
  readonly api: Api
  readonly owner: string
  readonly repo: string
}

/**
 * Opens the API by the variables of GitHub's own CLI and of its runners: `GH_TOKEN` or `GITHUB_TOKEN`, `GITHUB_API_URL` (GitHub Enterprise Server), `GITHUB_REPOSITORY`
 * or else the remote, and those of proxies. Why nobody can be asked where one of them is missing.
 */
export async function openGithub(
  environment: Readonly<Record<string, string | undefined>>,
  remote: string,
): Promise<GithubAccess | { readonly unknown: string }> {
  const token = environment['GH_TOKEN'] || environment['GITHUB_TOKEN'] || ''
  if (token === '') return { unknown: 'there is no GITHUB_TOKEN' }
  const apiUrl = environment['GITHUB_API_URL'] || 'https://api.github.com'
  const name = environment['GITHUB_REPOSITORY'] || repositoryIn(remote, hostOf(apiUrl))
  const [owner = '', repo = ''] = (name ?? '').split('/')
  if (owner === '' || repo === '') return { unknown: 'the repository is not known: set GITHUB_REPOSITORY' }
  return { api: await createApi({ apiUrl, token }), owner, repo }
}

/** `owner/name`, where a remote is of this host. */
function repositoryIn(remote: string, host: string): string | undefined {
  const [, found, path] = /^(?:\w+:\/\/)?(?:[^@/]*@)?([^:/]+)(?::\d+\/|[:/])(.*)$/.exec(remote.trim()) ?? []
  return found?.toLowerCase() === host ? /^\/?([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(path ?? '')?.[1] : undefined
}

/** The host of repositories: that of the API on a server of one's own, without `api.` on github.com and ghe.com. */
function hostOf(apiUrl: string): string {
  return URL.parse(apiUrl)?.hostname.replace(/^api\.(?=github\.com$|.*\.ghe\.com$)/, '') ?? ''
}
