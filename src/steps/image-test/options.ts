import type { ShellBuildOptions } from '../build/options';

/** Options of {@link TestStep.dockerImage}. */
export interface DockerImageTestOptions extends ShellBuildOptions {}
