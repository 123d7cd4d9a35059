import { chatCompletionsApi } from '../../simulate/chat-completions-api.ts'
import type { SimulatedModel } from '../../simulate/model-api.ts'

/** How the model server plays a model to Qwen Code. */
export const qwenModel: SimulatedModel = {
  api: chatCompletionsApi,
  shellCall: (command, offered) =>
    offered.includes('run_shell_command') ? { name: 'run_shell_command', input: { command } } : undefined,
}
