import type { Engine } from './engine.ts';
/** An engine that has run containers. */
export type UsedEngine = Pick<Engine, 'name' | 'path' | 'env'>;
/** Removes containers with what runs in them; one that is not there is no error. False where the engine did not do it. */
export declare function removeContainers(names: readonly string[], { name, path, env }: UsedEngine): Promise<boolean>;
/** Removes every container of an owner that there still is; false where the engine did not do it. */
export declare function removeContainersOf(owner: string, engine: UsedEngine): Promise<boolean>;
