/** Where the packages of npm are kept between machines. What comes from it is held against the lock's integrity. */
export interface PackageStore {
    /** Fills the folder with what was saved under the key; false where there was nothing. Never rejects. */
    restore(folder: string, key: string): Promise<boolean>;
    /** Never rejects. */
    save(folder: string, key: string): Promise<void>;
}
