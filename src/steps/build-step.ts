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
 * How the code is built and tested.
 *
 * Unless it says otherwise, a build runs in a CodeBuild project of its own, on Amazon Linux with 2 vCPUs and 4 GiB
 * ($0.005 a minute in us-east-1), with a cache of what it downloads and a log that is kept for 90 days. Steps of a
 * stage run at the same time, unless one uses what another makes.
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
   * An application that npm, or a tool that your commands install, builds with Node.js: `npm ci`, `npm test`,
   * `npm run build`, and the folder `dist`. Reports are read from `junit.xml` or `reports/junit.xml` and, in Clover
   * format, from `coverage/clover.xml`. The cache keeps what npm downloads.
   */
  public static nodeJs(options: NodeJsBuildOptions = {}): BuildStep {
    return new BuildStep(new LanguageBuild(LANGUAGES.nodeJs, options, options?.nodeVersion));
  }

  /**
   * A package of Python: `pip install -r requirements.txt`, which must hold `pytest` and `pytest-cov`, then `pytest`,
   * then a wheel in `dist`, which needs a `pyproject.toml`. Reports are read from `reports/junit.xml` and, in Cobertura
   * format, from `reports/coverage.xml`. The cache keeps what pip downloads.
   */
  public static python(options: PythonBuildOptions = {}): BuildStep {
    return new BuildStep(new LanguageBuild(LANGUAGES.python, options, options?.pythonVersion));
  }

  /**
   * A Java application that Maven builds: `mvn verify`, `mvn package`, and the folder `target`. Reports are read from
   * the folders `surefire-reports` and `failsafe-reports` of all modules and, from the JaCoCo plugin if you use it,
   * from `target/site/jacoco/jacoco.xml`. The cache keeps the local repository.
   */
  public static maven(options: MavenBuildOptions = {}): BuildStep {
    return new BuildStep(new LanguageBuild(LANGUAGES.maven, options, options?.javaVersion));
  }

  /**
   * A Java application that Gradle builds, by the wrapper in its repository: `./gradlew test`, `./gradlew assemble`,
   * and the folder `build/libs`. Reports are read from the folders `test-results` of all projects and, from the JaCoCo
   * plugin if it writes XML, from `build/reports/jacoco/test/jacocoTestReport.xml`. The cache keeps what Gradle
   * downloads.
   */
  public static gradle(options: GradleBuildOptions = {}): BuildStep {
    return new BuildStep(new LanguageBuild(LANGUAGES.gradle, options, options?.javaVersion));
  }

  /**
   * A Go module: `go mod download`, `go test ./...` by gotestsum, which writes `reports/junit.xml`, coverage in
   * Cobertura format in `reports/coverage.xml`, and the programs of the module in the folder `bin`. The cache keeps
   * modules and what was compiled.
   */
  public static golang(options: GolangBuildOptions = {}): BuildStep {
    return new BuildStep(new LanguageBuild(LANGUAGES.golang, options, options?.goVersion));
  }

  /**
   * A .NET project: `dotnet restore`, `dotnet test`, `dotnet publish` of a release, and the folder `publish`. Reports
   * are read from `reports/*.trx` and, where the tests have `coverlet.collector`, in Cobertura format from below
   * `reports`. A folder with a solution must say which project to publish, in `buildCommands`. The cache keeps packages
   * of NuGet.
   */
  public static dotNet(options: DotNetBuildOptions = {}): BuildStep {
    return new BuildStep(new LanguageBuild(LANGUAGES.dotNet, options, options?.dotNetVersion));
  }

  /** Any commands. Test reports are read as JUnit, coverage reports as Clover. */
  public static shell(commands: string[], options: ShellBuildOptions = {}): BuildStep {
    return new BuildStep(new ShellBuild(commands, options));
  }

  /**
   * The same commands several times at the same time, once for every combination of the values: a matrix. The first
   * build fetches the source and starts the others; each costs its minutes. What they leave in `outputDirectory`
   * becomes one artifact: let each write below a folder of its own, such as `out/$NODE_VERSION`.
   *
   * @param variables environment variables and the values that each takes; at most 100 combinations
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
   * An image that Docker builds and pushes to ECR, in a project that may use the Docker daemon.
   *
   * It exports `IMAGE_URI`, pinned to the digest, `IMAGE_DIGEST` and `IMAGE_TAG`, the first of the tags, and hands on
   * `imageDetail.json` as the ECR source does. Layers are kept on the machine for the next build, if it gets the same;
   * a `cacheTag` keeps them in the repository. The image is a plain one, without attestations: set the environment
   * variable `BUILDX_NO_DEFAULT_ATTESTATIONS` to `0` for what Docker adds by itself.
   */
  public static dockerImage(repository: ecr.IRepository, options: DockerImageOptions = {}): BuildStep {
    return new BuildStep(new DockerImageBuild(repository, options));
  }

  /**
   * An image that CodePipeline builds and pushes to ECR by itself, without a project: no build arguments, no cache, at
   * most an hour, and no artifact unless it `producesArtifact`. Its variables are `ECRImageDigestId` and
   * `ECRRepositoryName`.
   *
   * @param repository in the account and region of the pipeline
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECRBuildAndPublish.html
   */
  public static ecrBuildAndPublish(repository: ecr.IRepository, options: EcrBuildAndPublishOptions = {}): BuildStep {
    return new BuildStep(new EcrImageBuild(repository, options));
  }

  /**
   * Commands without a project: the Commands action. It has no cache, no reports and no image to choose, and ends after
   * 55 minutes; its minutes cost what those of CodeBuild cost.
   *
   * @param commands 1 to 50 commands of one line and at most 1000 characters; what is longer belongs into a script of
   * the repository
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Commands.html
   */
  public static commands(commands: string[], options: CommandsOptions = {}): BuildStep {
    return new BuildStep(new CommandsBuild(commands, options));
  }

  /**
   * A CodeBuild project that exists, whose source and artifacts are of the type CODEPIPELINE. A project of this app
   * gets what it needs of the artifact bucket; the role of one that was looked up must have it already.
   *
   * @param project in the account and region of the pipeline
   */
  public static project(project: codebuild.IProject, options: ExistingProjectOptions = {}): BuildStep {
    return new BuildStep(new ExistingProjectBuild(project, options));
  }

  /**
   * A job of a Jenkins server, whose CodePipeline plugin asks for work. The action type must be registered in the
   * account and region of the pipeline, for example by `JenkinsProvider` of aws-codepipeline-actions. CodePipeline does
   * not charge for it.
   *
   * @param projectName name of the job
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/tutorials-four-stage-pipeline.html
   */
  public static jenkins(projectName: string, options: JenkinsOptions): BuildStep {
    return new BuildStep(new JenkinsBuild(projectName, options));
  }

  private constructor(private readonly planner: BuildPlanner) {
    const { stepName, artifactName } = planner;
    super(stepName, artifactName === undefined ? undefined : PipelineArtifact._of(artifactName));
  }

  /** @internal */
  protected _planActions(context: StepContext): StepPlan[] {
    return this.planner.plan(context);
  }

  /**
   * The image that it pushes, if it pushes one.
   *
   * @internal
   */
  public _image(): BuiltImage | undefined {
    return this.planner.image;
  }

  /** @internal */
  public override _releasedImage(): ReleasedImage | undefined {
    const { exportedVariables } = this.planner;
    const isReported =
      Array.isArray(exportedVariables) && IMAGE_VARIABLES.every((name) => exportedVariables.includes(name));
    return isReported ? this._imageInVariables(...IMAGE_VARIABLES) : undefined;
  }
}

/** Variables in which a build reports an image, its own or one that its commands push. */
const IMAGE_VARIABLES: [string, string] = ['IMAGE_URI', 'IMAGE_DIGEST'];
