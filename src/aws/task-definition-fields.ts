/**
 * The first minor release of AWS CLI 2 that supports all fields in {@link FLOOR_FIELDS}: 2.14 of November 2023.
 *
 * @see https://github.com/aws/aws-cli/blob/v2/CHANGELOG.rst
 */
export const FLOOR_CLI = { major: 2, minor: 14 };

const NAMES = `
  accessPointId add appProtocol authorizationConfig autoprovision capabilities command condition
  containerDefinitions containerName containerPath containerPort containerPortRange cpu cpuArchitecture
  credentialSpecs credentialsParameter dependsOn deviceName deviceType devices disableNetworking dnsSearchDomains
  dnsServers dockerLabels dockerSecurityOptions dockerVolumeConfiguration domain driver driverOpts drop
  efsVolumeConfiguration entryPoint environment environmentFiles ephemeralStorage essential executionRoleArn
  expression extraHosts family fileSystemId firelensConfiguration fsxWindowsFileServerVolumeConfiguration hardLimit
  healthCheck host hostPath hostPort hostname iam image inferenceAccelerators initProcessEnabled interactive
  interval ipAddress ipcMode key labels links linuxParameters logConfiguration logDriver maxSwap memory
  memoryReservation mountOptions mountPoints name namespace networkMode operatingSystemFamily options permissions
  pidMode placementConstraints portMappings privileged properties protocol proxyConfiguration pseudoTerminal
  readOnly readonlyRootFilesystem repositoryCredentials requiresCompatibilities resourceRequirements retries
  rootDirectory runtimePlatform scope secretOptions secrets sharedMemorySize size sizeInGiB softLimit
  sourceContainer sourcePath sourceVolume startPeriod startTimeout stopTimeout swappiness systemControls tags
  taskRoleArn timeout tmpfs transitEncryption transitEncryptionPort type ulimits user value valueFrom volumes
  volumesFrom workingDirectory
`;

/**
 * Names of the fields of a task definition, at any depth and in lower case, in the API model of July 2023.
 *
 * @see https://github.com/boto/botocore/blob/1.31.0/botocore/data/ecs/2014-11-13/service-2.json
 */
export const FLOOR_FIELDS: ReadonlySet<string> = new Set(NAMES.trim().toLowerCase().split(/\s+/));

/** Names that only CloudFormation has, in lower case. */
export const CLOUDFORMATION_FIELDS: readonly string[] = ['proxyconfigurationproperties'];

/** Fields, in lower case, whose keys are chosen by the user. */
export const MAP_FIELDS: readonly string[] = ['dockerlabels', 'driveropts', 'labels', 'options'];
