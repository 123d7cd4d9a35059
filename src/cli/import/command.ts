import type { Command } from '../command.ts'

/** `orchestrator import FILE`. */
export const importCommand: Command = {
  name: 'import',
  load: async () => (await import('./carry-out.ts')).importForeign,
  about: 'turn a workflow that runs agents, an instance list or a list of stages into an orchestration file',
  usage: ['FILE', 'WORKFLOW [--write | --dry-run]'],
  maxOperands: 1,
  options: {
    write: { about: 'for a workflow: write its files, which must not exist yet' },
    'dry-run': { about: 'for a workflow: print its files (default)' },
  },
  notes: [
    'Comments in the result say where a meaning changed. `run` and `check` also accept an instance list or a list of stages directly.',
    'A WORKFLOW of GitHub becomes one that calls the orchestrator, and an orchestration file: steps that use claude-code-action, codex-action or run-gemini-cli, or whose script calls `claude -p`, `codex exec` or `gemini -p` on lines of their own, are taken over; all else stays. One on `pull_request_target` becomes two: `pull_request` without secrets, and `workflow_run` with them, which never checks the pull request out. FILE itself is not changed.',
  ],
  examples: [
    ['orchestrator import instances.json > .github/orchestrator.yml', ''],
    ['orchestrator import .github/workflows/claude.yml', 'see what it would become'],
    ['orchestrator import .github/workflows/claude.yml --write', 'then remove the old one'],
  ],
}
