import { type Stats } from 'node:fs';
/**
 * What is at a path, links followed; undefined where nothing is that anyone could open: no such file, links that lead in a circle, a folder that cannot be
 * looked into, a name that is too long for one. (`throwIfNoEntry: false` throws for all but the first.)
 */
export declare function statIfThere(path: string): Stats | undefined;
