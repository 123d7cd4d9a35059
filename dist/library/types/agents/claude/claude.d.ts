import type { Agent } from '../agent.ts';
/** Claude Code, driven by `claude -p` with its stream-json output. */
export declare const claude: Agent;
