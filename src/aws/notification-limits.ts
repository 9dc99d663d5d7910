import { type NameRule, STEP_NAME } from './limits';

/** Rules that notify of a pipeline. @see https://docs.aws.amazon.com/dtconsole/latest/userguide/limits.html */
export const NOTIFICATION_LIMITS = {
  rulesPerPipeline: 10,
  targetsPerRule: 10,
  ruleNameLength: 64,
  /**
   * @see
   * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-chatbot-slackchannelconfiguration.html
   */
  configurationNameLength: 128,
} as const;

/** Names the topic of an e-mail notification: an id of a construct, beside those of the notifications themselves. */
export const AUDIENCE: NameRule = {
  pattern: /^[A-Za-z0-9]+$/,
  maxLength: 40,
  words: 'letters and digits',
  reserved: STEP_NAME.reserved,
};

/**
 * An address as people have them; SNS itself finds out whether it is one. No slash, since the address becomes an id of
 * a construct.
 */
export const EMAIL_ADDRESS: NameRule = {
  pattern: /^[^\s@\/,;<>"]+@[^\s@\/,;<>".]+(\.[^\s@\/,;<>".]+)+$/,
  maxLength: 254,
  words: 'a name, @ and a domain',
};

/**
 * @see
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-chatbot-slackchannelconfiguration.html
 */
export const SLACK_WORKSPACE_ID: NameRule = {
  pattern: /^[0-9A-Z]+$/,
  maxLength: 255,
  words: 'capital letters and digits',
};
export const SLACK_CHANNEL_ID: NameRule = { pattern: /^[A-Za-z0-9]+$/, maxLength: 255, words: 'letters and digits' };

/**
 * @see
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-chatbot-microsoftteamschannelconfiguration.html
 */
export const MICROSOFT_ID: NameRule = {
  pattern: /^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/,
  maxLength: 36,
  words: "32 hexadecimal digits with '-' after the 8th, 12th, 16th and 20th",
};
export const TEAMS_CHANNEL_ID: NameRule = {
  pattern: /^[a-zA-Z0-9_=+\/.,-]*%3[aA][a-zA-Z0-9_=+\/.,-]*%40[a-zA-Z0-9_=+\/.,-]*$/,
  maxLength: 256,
  words: "letters, digits and '_=+/.,-' with one %3a and one %40",
};
export const CHAT_CONFIGURATION_ARN: NameRule = {
  pattern:
    /^arn:aws(-[a-z]+)*:chatbot:[a-z0-9-]*:\d{12}:chat-configuration\/(?!slack-channel\/|chime-webhook\/)[A-Za-z0-9_\/-]+$/,
  maxLength: 1169,
  words: 'arn:…:chatbot:…:chat-configuration/… of a channel of Microsoft Teams',
};

/** What the monitoring of a pipeline can do. */
export const MONITORING_LIMITS = {
  /** It looks at runs in progress this often. */
  pollIntervalMinutes: 15,
  /**
   * Bytes of the list of environments: a function takes 4 KB of variables.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
   */
  stagesBytes: 3000,
} as const;
