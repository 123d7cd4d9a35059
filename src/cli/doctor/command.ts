import type { Command } from '../command.ts'

/** `orchestrator doctor FILE`. */
export const doctorCommand: Command = {
  name: 'doctor',
  load: async () => (await import('./carry-out.ts')).examine,
  about: 'check that this machine has everything a file needs',
  usage: ['[FILE] [OPTIONS]'],
  maxOperands: 1,
  options: {
    simulate: { about: 'as for `run --simulate`: no provider keys are needed' },
    json: { about: 'print a JSON array' },
  },
  notes: [
    'Looks at programs, keys, secrets, files, git, models that their vendor has retired, the proxy, and of the jobs in `.github/workflows` that run the file at their permissions and at the events that start them: whether an Actions policy blocks those it asks of GitHub where `GH_TOKEN` or `GITHUB_TOKEN` may read the administration of the repository. Exit code 1 when something is missing, 2 when the file is wrong.',
  ],
  examples: [
    ['orchestrator doctor', 'of .github/orchestrator.yml'],
    ['orchestrator doctor ci.yml --simulate', 'without keys'],
  ],
}
