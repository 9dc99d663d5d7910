import type { aws_codebuild as codebuild, aws_ecr as ecr } from 'aws-cdk-lib';
import { LanguageBuild } from './build/language-build';
import type {
  DotNetBuildOptions,
  GolangBuildOptions,
  GradleBuildOptions,
  MatrixBuildOptions,
  MavenBuildOptions,
  NodeJsBuildOptions,
  PythonBuildOptions,
  ShellBuildOptions,
} from './build/options';
import { MatrixBuild, ShellBuild } from './build/shell-build';
import type { BuiltImage, ReleasedImage } from './built-image';
import { type CommandsOptions, CommandsBuild } from './commands/plan';
import type { DockerImageOptions } from './docker/options';
import { DockerImageBuild } from './docker/plan';
import { type EcrBuildAndPublishOptions, EcrImageBuild } from './ecr-build-and-publish/plan';
import { type ExistingProjectOptions, ExistingProjectBuild } from './existing-project/plan';
import { type JenkinsOptions, JenkinsBuild } from './jenkins/plan';
import { PipelineArtifact } from './pipeline-artifact';
import { PipelineStep } from './pipeline-step';
import type { StepContext } from './step-context';
import type { BuildPlanner } from './step-planner';
import { LANGUAGES } from '../aws/languages';
import type { StepPlan } from '../pipeline/pipeline-plan';

/**
 * A step that builds code, and usually tests it.
 *
 * By default, a build runs in a separate CodeBuild project on Amazon Linux with 2 vCPUs and 4 GiB ($0.005 per minute in
 * us-east-1), caches its downloads, and keeps its logs for 90 days. Steps of a stage run in parallel, unless one uses
 * the output of another.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html
 *
 * @example
 * new WebAppPipeline(this, 'Site', {
 *   source: PipelineSource.gitHub('acme/shop', 'main'),
 *   buildStep: BuildStep.nodeJs({
 *     testCommands: ['npm run lint', 'npm test'],
 *     outputDirectory: 'build',
 *   }),
 * });
 */
export class BuildStep extends PipelineStep {
  /**
   * Builds a Node.js application with npm: `npm ci`, `npm test` and `npm run build`. The folder `dist` becomes the
   * artifact. To use another tool, set the commands. CodeBuild reads test reports from `junit.xml` or
   * `reports/junit.xml`, and coverage in Clover format from `coverage/clover.xml`. The cache stores npm downloads.
   */
  public static nodeJs(options: NodeJsBuildOptions = {}): BuildStep {
    return new BuildStep(new LanguageBuild(LANGUAGES.nodeJs, options, options?.nodeVersion));
  }

  /**
   * Builds a Python package: `pip install -r requirements.txt`, which must include `pytest` and `pytest-cov`, then
   * `pytest`, then a wheel in the folder `dist`, which requires a `pyproject.toml`. CodeBuild reads test reports from
   * `reports/junit.xml`, and coverage in Cobertura format from `reports/coverage.xml`. The cache stores pip downloads.
   */
  public static python(options: PythonBuildOptions = {}): BuildStep {
    return new BuildStep(new LanguageBuild(LANGUAGES.python, options, options?.pythonVersion));
  }

  /**
   * Builds a Java application with Maven: `mvn verify` and `mvn package`. The folder `target` becomes the artifact.
   * CodeBuild reads test reports from the folders `surefire-reports` and `failsafe-reports` of all modules, and
   * coverage of the JaCoCo plugin, if you use it, from `target/site/jacoco/jacoco.xml`. The cache stores the local
   * repository.
   */
  public static maven(options: MavenBuildOptions = {}): BuildStep {
    return new BuildStep(new LanguageBuild(LANGUAGES.maven, options, options?.javaVersion));
  }

  /**
   * Builds a Java application with the Gradle wrapper of the repository: `./gradlew test` and `./gradlew assemble`. The
   * folder `build/libs` becomes the artifact. CodeBuild reads test reports from the folders `test-results` of all
   * projects, and coverage of the JaCoCo plugin, if it writes XML, from
   * `build/reports/jacoco/test/jacocoTestReport.xml`. The cache stores Gradle downloads.
   */
  public static gradle(options: GradleBuildOptions = {}): BuildStep {
    return new BuildStep(new LanguageBuild(LANGUAGES.gradle, options, options?.javaVersion));
  }

  /**
   * Builds a Go module: `go mod download`, then `go test ./...` with gotestsum, then the programs of the module in the
   * folder `bin`, which becomes the artifact. CodeBuild reads test reports from `reports/junit.xml`, and coverage in
   * Cobertura format from `reports/coverage.xml`. The cache stores modules and build results.
   */
  public static golang(options: GolangBuildOptions = {}): BuildStep {
    return new BuildStep(new LanguageBuild(LANGUAGES.golang, options, options?.goVersion));
  }

  /**
   * Builds a .NET project: `dotnet restore`, `dotnet test`, and `dotnet publish` in release configuration. The folder
   * `publish` becomes the artifact. CodeBuild reads test reports from `reports/*.trx`, and coverage in Cobertura format
   * from files below `reports` if the tests use `coverlet.collector`. If the folder contains a solution, set the
   * project to publish in `buildCommands`. The cache stores NuGet packages.
   */
  public static dotNet(options: DotNetBuildOptions = {}): BuildStep {
    return new BuildStep(new LanguageBuild(LANGUAGES.dotNet, options, options?.dotNetVersion));
  }

  /** Runs commands. CodeBuild reads test reports in JUnit format and coverage reports in Clover format. */
  public static shell(commands: string[], options: ShellBuildOptions = {}): BuildStep {
    return new BuildStep(new ShellBuild(commands, options));
  }

  /**
   * Runs the same commands in parallel, once for every combination of variable values. The first build downloads the
   * source and starts the others; the minutes of all builds are charged. The contents of `outputDirectory` of all
   * builds become one artifact, so let each build write to a separate folder, such as `out/$NODE_VERSION`.
   *
   * @param variables environment variables and their values; at most 100 combinations
   * @see
   * https://docs.aws.amazon.com/codebuild/latest/userguide/batch-build-buildspec.html#build-spec.batch.build-matrix
   */
  public static matrix(
    commands: string[],
    variables: { [name: string]: string[] },
    options: MatrixBuildOptions = {},
  ): BuildStep {
    return new BuildStep(new MatrixBuild(commands, variables, options));
  }

  /**
   * Builds an image with Docker and pushes it to ECR, in a project that can use the Docker daemon.
   *
   * The step exports `IMAGE_URI`, pinned to the digest, `IMAGE_DIGEST`, and `IMAGE_TAG`, the first tag. Its artifact
   * contains `imageDetail.json`, as that of an ECR source does. Layers are cached on the build host, which the next
   * build may or may not reuse; a `cacheTag` stores them in the repository. The image has no attestations. To get
   * Docker's default attestations, set the environment variable `BUILDX_NO_DEFAULT_ATTESTATIONS` to `0`.
   */
  public static dockerImage(repository: ecr.IRepository, options: DockerImageOptions = {}): BuildStep {
    return new BuildStep(new DockerImageBuild(repository, options));
  }

  /**
   * Builds an image and pushes it to ECR with the CodePipeline action ECRBuildAndPublish, without a CodeBuild project.
   * The action has no build arguments, no cache, a limit of one hour, and no artifact unless you set
   * `producesArtifact`. Its variables are `ECRImageDigestId` and `ECRRepositoryName`.
   *
   * @param repository repository in the account and Region of the pipeline
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECRBuildAndPublish.html
   */
  public static ecrBuildAndPublish(repository: ecr.IRepository, options: EcrBuildAndPublishOptions = {}): BuildStep {
    return new BuildStep(new EcrImageBuild(repository, options));
  }

  /**
   * Runs commands with the CodePipeline action Commands, without a CodeBuild project. The action has no cache, no
   * reports, no choice of image, and a limit of 55 minutes. Its minutes are charged like those of CodeBuild.
   *
   * @param commands 1 to 50 single-line commands of at most 1000 characters; move longer ones to a script in the
   * repository
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Commands.html
   */
  public static commands(commands: string[], options: CommandsOptions = {}): BuildStep {
    return new BuildStep(new CommandsBuild(commands, options));
  }

  /**
   * Runs a build in an existing CodeBuild project, whose source and artifacts must have the type CODEPIPELINE. A
   * project of this app is granted access to the artifact bucket. The role of an imported project must already have it.
   *
   * @param project project in the account and Region of the pipeline
   */
  public static project(project: codebuild.IProject, options: ExistingProjectOptions = {}): BuildStep {
    return new BuildStep(new ExistingProjectBuild(project, options));
  }

  /**
   * Runs a job of a Jenkins server, whose CodePipeline plugin polls for work. The action type must be registered in the
   * account and Region of the pipeline, for example with `JenkinsProvider` of aws-codepipeline-actions. CodePipeline
   * does not charge for the action.
   *
   * @param projectName name of the job in Jenkins
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/tutorials-four-stage-pipeline.html
   */
  public static jenkins(projectName: string, options: JenkinsOptions): BuildStep {
    return new BuildStep(new JenkinsBuild(projectName, options));
  }

  private constructor(private readonly planner: BuildPlanner) {
    // JavaScript can call a private constructor; the pipeline reports such a step.
    const { stepName, artifactName } = planner ?? { stepName: 'Build' };
    super(stepName, PipelineArtifact._of(artifactName ?? stepName));
  }

  /** @internal */
  protected _planActions(context: StepContext): StepPlan[] {
    return this.planner.plan(context);
  }

  /**
   * Returns whether the step certainly writes no description of an image.
   *
   * @internal
   */
  public _writesNoImage(): boolean {
    return this.planner.writesNoImage ?? false;
  }

  /**
   * Returns the image that the step pushes, if it pushes one.
   *
   * @internal
   */
  public _image(): BuiltImage | undefined {
    return this.planner.image;
  }

  /** @internal */
  public override _releasedImage(): ReleasedImage | undefined {
    const { exportedVariables } = this.planner;
    if (!Array.isArray(exportedVariables)) return undefined;
    if (!IMAGE_VARIABLES.every((name) => exportedVariables.includes(name))) return undefined;
    return this._imageInVariables(...IMAGE_VARIABLES);
  }
}

/** Variables in which a build reports the URI and the digest of an image. */
const IMAGE_VARIABLES: [string, string] = ['IMAGE_URI', 'IMAGE_DIGEST'];
