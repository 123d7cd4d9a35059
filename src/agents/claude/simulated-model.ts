import { messagesApi } from '../../simulate/messages-api.ts'
import type { SimulatedModel } from '../../simulate/model-api.ts'

/** How the model server plays Claude to Claude Code. */
export const claudeModel: SimulatedModel = {
  api: messagesApi,
  shellCall: (command, offered) =>
    offered.includes('Bash') ? { name: 'Bash', input: { command, description: 'Run a command' } } : undefined,
}
