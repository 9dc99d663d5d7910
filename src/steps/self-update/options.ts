/** Options of {@link SelfUpdate.fromAssembly}. */
export interface SelfUpdateOptions {
  /**
   * The folder of the artifact that the assembly is in: that with `manifest.json`.
   *
   * @default '.', the artifact is the assembly
   */
  readonly assemblyDirectory?: string;

  /**
   * Version of the CDK command (`aws-cdk`), an exact one such as `2.1148.1`. It must be able to read what your aws-cdk-lib writes: raise it before
   * you raise the library.
   *
   * @default - the one that the assembly itself names as the least that can read it, so it follows the aws-cdk-lib of your lockfile
   */
  readonly cliVersion?: string;

  /**
   * The build may use the Docker daemon: the stack of the pipeline, or one that it depends on, has images that are built when it is deployed. Set it
   * one update before the first image comes.
   *
   * @default false
   */
  readonly docker?: boolean;
}
