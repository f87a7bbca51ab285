/** An error of the features of an instance, which are asked for and answered in JSON. */
export class InstanceFailure extends Error {
  constructor(override readonly cause: unknown) {
    super('A request to an instance failed.', { cause });
  }
}
