/** Describes a file that an action reads from an input artifact. */
export interface ActionFile {
  /** The configuration key with the path. Absent if the name of the file is fixed. */
  readonly key?: string;
  /** The path if the configuration does not contain one. Without a default, the file is optional. */
  readonly defaultPath?: string;
  /** Further accepted names of the file. */
  readonly alternatives?: readonly string[];
  /** The configuration key with the artifact. Absent if the path contains the artifact, or if there is one input. */
  readonly artifactKey?: string;
  /** The action reads the file only if a key of its configuration has this value. */
  readonly onlyIf?: readonly [key: string, value: string];
}

const IMAGE_DETAIL = 'imageDetail.json';

/**
 * Lists the files that action types read from their input artifacts.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference.html
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/file-reference.html
 */
export const ACTION_FILES: Readonly<Record<string, readonly ActionFile[]>> = {
  ECS: [{ key: 'FileName', defaultPath: 'imagedefinitions.json' }],
  CodeDeployToECS: [
    { key: 'TaskDefinitionTemplatePath', defaultPath: 'taskdef.json', artifactKey: 'TaskDefinitionTemplateArtifact' },
    { key: 'AppSpecTemplatePath', defaultPath: 'appspec.yaml', artifactKey: 'AppSpecTemplateArtifact' },
    ...[1, 2, 3, 4].map((image) => ({ defaultPath: IMAGE_DETAIL, artifactKey: `Image${image}ArtifactName` })),
  ],
  CodeDeploy: [{ defaultPath: 'appspec.yml', alternatives: ['appspec.yaml'] }],
  CloudFormation: [{ key: 'TemplatePath' }, { key: 'TemplateConfiguration' }],
  CloudFormationStackSet: [{ key: 'TemplatePath' }],
  EC2: [{ key: 'DeploySpec' }],
  AppConfig: [{ key: 'InputArtifactConfigurationPath' }],
  ServiceCatalog: [{ key: 'TemplateFilePath' }, { key: 'ConfigurationFilePath' }],
  StepFunctions: [{ key: 'Input', onlyIf: ['InputType', 'FilePath'] }],
};

/**
 * Lists the files of the artifacts of sources that create them.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECR.html
 */
export const SOURCE_FILES: Readonly<Record<string, readonly string[]>> = { ECR: [IMAGE_DETAIL] };
