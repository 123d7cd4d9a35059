import { chatCompletionsApi } from '../../simulate/chat-completions-api.ts'
import type { SimulatedModel } from '../../simulate/model-api.ts'

/** How the model server plays a model to OpenCode. */
export const opencodeModel: SimulatedModel = {
  api: chatCompletionsApi,
  shellCall: (command, offered) =>
    offered.includes('bash') ? { name: 'bash', input: { command, description: 'Run a command' } } : undefined,
}
