import { HOSTED_DEPLOYMENT_MINUTES } from '../../aws/app-config';

/** Variables that later steps may use. */
export const VERSION = 'CONFIGURATION_VERSION';
export const DEPLOYMENT = 'DEPLOYMENT_NUMBER';

const PROFILE = '--application-id "$APPLICATION_ID" --configuration-profile-id "$CONFIGURATION_PROFILE_ID"';
const ENVIRONMENT = '--application-id "$APPLICATION_ID" --environment-id "$ENVIRONMENT_ID"';
const FILE = '"$CODEBUILD_SRC_DIR/$CONFIGURATION_PATH"';

/** Uses JSON output: with text output, the AWS CLI applies the query to each page of the response. */
const FIND_VERSION =
  `aws appconfig list-hosted-configuration-versions ${PROFILE} --version-label "$VERSION_LABEL" ` +
  "--query 'Items[].VersionNumber | [0]' --output json";

/** The AWS CLI writes the returned content to a file. */
const CREATE_VERSION =
  `aws appconfig create-hosted-configuration-version ${PROFILE} --version-label "$VERSION_LABEL" ` +
  '--content-type "$CONTENT_TYPE" --content "fileb://$CODEBUILD_SRC_DIR/$CONFIGURATION_PATH" ' +
  '--query VersionNumber --output text /dev/null';

const NUMBER_OF_SECONDS = HOSTED_DEPLOYMENT_MINUTES * 60;

/** Number of consecutive failed calls after which AppConfig is considered unreachable. */
const MAX_UNREAD = 6;

/**
 * Finds the version of the profile with the content of the file, or creates it. The label of the version is the digest
 * of the content, so a retry, a rollback and the next environment use the existing version. If two environments create
 * it at the same time, one of them fails to create it and finds the version of the other.
 *
 * @see https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference/API_CreateHostedConfigurationVersion.html
 */
const VERSION_COMMANDS = [
  `[ -f ${FILE} ] || { echo "The artifact has no file $CONFIGURATION_PATH" >&2; false; }`,
  `VERSION_LABEL="sha256-$(sha256sum < ${FILE} | cut -c1-57)"`,
  `${VERSION}="$(${FIND_VERSION})"`,
  `[ "$${VERSION}" != null ] || ${VERSION}="$(${CREATE_VERSION})" || ${VERSION}="$(${FIND_VERSION})"`,
  `case "$${VERSION}" in ''|*[!0-9]*) echo "AppConfig has no version $VERSION_LABEL" >&2; false;; esac`,
  `export ${VERSION} && echo "$CONFIGURATION_PATH: version $${VERSION} ($VERSION_LABEL)"`,
];

/** Runs the validators of the profile. The version is retained, but it is not deployed. */
export const VALIDATE_COMMANDS = [
  ...VERSION_COMMANDS,
  `aws appconfig validate-configuration ${PROFILE} --configuration-version "$${VERSION}"`,
  `echo "$CONFIGURATION_PATH: version $${VERSION} is valid"`,
];

const START =
  `aws appconfig start-deployment ${ENVIRONMENT} --configuration-profile-id "$CONFIGURATION_PROFILE_ID" ` +
  `--configuration-version "$${VERSION}" --deployment-strategy-id "$DEPLOYMENT_STRATEGY_ID" ` +
  '--query DeploymentNumber --output text';

const READ_STATE = `aws appconfig get-deployment ${ENVIRONMENT} --deployment-number "$${DEPLOYMENT}"`;

/** Waits until the deployment ends, until the timeout, or until AppConfig is unreachable. */
const WAIT = [
  `UNREAD=0; END=$(($(date +%s) + ${NUMBER_OF_SECONDS})); while :; do`,
  `STATE="$(${READ_STATE} --query State --output text)" && UNREAD=0 || UNREAD=$((UNREAD + 1));`,
  'case "$STATE" in COMPLETE|ROLLED_BACK|REVERTED) break;; esac;',
  `[ "$UNREAD" -lt ${MAX_UNREAD} ] && [ "$(date +%s)" -lt "$END" ] || break;`,
  'sleep 15; done',
].join(' ');

/** Stops a deployment that has not ended, so that the rollback of the stage can start another one. */
const STOP =
  'case "$STATE" in COMPLETE|ROLLED_BACK|REVERTED) ;; ' +
  `*) echo "The deployment $${DEPLOYMENT} has not ended (\${STATE:-no answer}), and is stopped" >&2; ` +
  `aws appconfig stop-deployment ${ENVIRONMENT} --deployment-number "$${DEPLOYMENT}" > /dev/null; false;; esac`;

/** Prints the most recent events, one of which contains the alarm that fired. */
const FAIL_UNLESS_COMPLETE =
  `[ "$STATE" = COMPLETE ] || { ${READ_STATE} --query 'EventLog[:3].[EventType, Description]' --output text >&2; ` +
  `echo "The deployment $${DEPLOYMENT} ended as $STATE" >&2; false; }`;

/**
 * Deploys a version, and waits until AppConfig has ended the deployment.
 *
 * @see https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference/API_GetDeployment.html
 */
export const DEPLOY_COMMANDS = [
  ...VERSION_COMMANDS,
  `${DEPLOYMENT}="$(${START})" && export ${DEPLOYMENT}`,
  `case "$${DEPLOYMENT}" in ''|*[!0-9]*) echo "AppConfig returned no deployment" >&2; false;; esac`,
  `echo "$CONFIGURATION_PATH: deployment $${DEPLOYMENT} of version $${VERSION}"`,
  WAIT,
  STOP,
  FAIL_UNLESS_COMPLETE,
  `echo "$CONFIGURATION_PATH: version $${VERSION} is deployed"`,
];
