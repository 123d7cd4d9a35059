import type { Command } from '../command.ts'

/** `orchestrator doctor FILE`. */
export const doctorCommand: Command = {
  name: 'doctor',
  load: async () => (await import('./carry-out.ts')).examine,
  about: 'check that this machine has everything a file needs',
  usage: ['[FILE] [OPTIONS]'],
  maxOperands: 1,
  options: {
    simulate: { about: 'as with `run --simulate`, no provider keys are needed' },
    json: { about: 'print a JSON array' },
  },
  notes: [
    'Checks programs, keys, secrets, files, git, the proxy and models that their vendor has retired. For the jobs in `.github/workflows` that run the file, it checks their permissions and the events that trigger them, and, if `GH_TOKEN` or `GITHUB_TOKEN` may read the administration of the repository, whether an Actions policy blocks what they ask of GitHub. Exit code 1 when something is missing, 2 when the file is wrong.',
  ],
  examples: [
    ['orchestrator doctor', 'of .github/orchestrator.yml'],
    ['orchestrator doctor ci.yml --simulate', 'without keys'],
  ],
}
