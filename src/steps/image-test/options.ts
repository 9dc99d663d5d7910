import type { ShellBuildOptions } from '../build/project-options';

/** Options of {@link TestStep.dockerImage}. */
export interface DockerImageTestOptions extends ShellBuildOptions {}
