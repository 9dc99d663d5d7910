/** Words that pages must not contain, as data. */
export interface BannedWord {
  readonly pattern: RegExp;
  /** The word to use instead. */
  readonly write: string;
  /** A text with the word, which shows that the pattern finds it. */
  readonly bad: string;
  /** A text that the pattern must leave alone. */
  readonly good: string;
}

function banned(pattern: RegExp, write: string, bad: string, good: string): BannedWord {
  return { pattern, write, bad, good };
}

/** Words before 'run' as a noun. */
const DETERMINERS = 'an?|the|this|each|every|any|no|one|first|second|next|last|newer|newest|older|failed|good|such an?';

/** Things that run; a pipeline is executed. */
const RUNNING = 'build|task|function|test|command|job|workflow';

/** Words that the field does not have, or has another one for. */
const GLOSSARY: readonly BannedWord[] = [
  banned(/\brecipes?\b/i, 'pattern', 'a process that fits no recipe', 'a process that fits no pattern'),
  banned(/\b(goes|go|going|gone|went) back\b/i, 'roll back, rollback', 'the stage goes back', 'the stage rolls back'),
  banned(
    /\b(takes?|taken|taking|took) (\S+ ){0,4}back\b/i,
    'roll back',
    'takes the release back',
    'rolls the release back',
  ),
  banned(/\b(gave|gives?|brings?|puts?) back\b/i, 'restore, roll back', 'puts back the image', 'restores the image'),
  banned(/\b(takes?|taken|taking|took) on\b/i, 'assume a role', 'takes on a role', 'assumes a role'),
  banned(/\bhand(s|ed|ing)? on\b/i, 'pass', 'hands on its outputs', 'passes its outputs'),
  banned(/\blet(s|ting)?( \S+){0,4} in\b/i, 'grant access, allow', 'lets the account in', 'grants the account access'),
  banned(
    /\belsewhere\b/i,
    'in another account or Region, cross-account, cross-Region',
    'an alarm elsewhere',
    'an alarm in another Region',
  ),
  banned(/\b(foreign|homeless)\b/i, 'cross-account, cross-Region', 'a foreign source', 'a cross-account source'),
  banned(
    /\bat home\b/i,
    'in the account and Region of the pipeline',
    'at home below the pipeline',
    'below the pipeline',
  ),
  banned(/\blooked up\b/i, 'imported', 'a service that was looked up', 'an imported service'),
  banned(
    /\b(given|told|said)\b/i,
    'provided, configured, explicit',
    'unless told otherwise',
    'unless configured otherwise',
  ),
  banned(
    /\bmovers?\b/i,
    'deployment controller',
    'the mover of the service',
    'the deployment controller of the service',
  ),
  banned(/\bgiv(e|es|ing) up\b/i, 'time out, stop', 'ECS gives up', 'ECS times out'),
  banned(/\bdoubts?\b/i, 'warning', 'doubts of the synthesis', 'warnings of the synthesis'),
  banned(/\bcrowded\b/i, 'has too many …', 'a crowded stage', 'a stage with too many actions'),
  banned(/\bprocessors?\b/i, 'architecture', 'another processor', 'another architecture'),
  banned(/\bexpir(y|ies)\b/i, 'timeout', 'the expiry of an approval', 'the timeout of an approval'),
  banned(
    /\bdeploy(ment)? roles?\b/i,
    'action role, CloudFormation execution role',
    'the deployment role',
    'the CloudFormation execution role',
  ),
  banned(
    new RegExp(
      `\\b(${DETERMINERS}) run\\b(?! (order|time|phase)| of (an?|the|each|every|that|this) (${RUNNING}))`,
      'i',
    ),
    'execution',
    'a newer run waits',
    'a newer execution waits; the run order; a run of the build; a script that runs',
  ),
  banned(
    /\b(newer|older|other|failed|waiting|several|all|two) runs\b/i,
    'executions',
    'newer runs wait',
    'newer executions wait',
  ),
];

/** Habits: words without an actor, words for persons, figures of speech. */
const HABITS: readonly BannedWord[] = [
  banned(
    /\b(says?|saying|tells?|telling|hears?|heard|knows|asks?|asked|asking|(?<!you )wants?|wanted)\b/i,
    'report, return, read, receive, require, document',
    'AWS says that it works',
    'AWS documents that it works; if you want it',
  ),
  banned(
    /\b(no|some|any|every)body\b/i,
    'name the actor: you, an approver, CodePipeline',
    'somebody approves',
    'an approver approves',
  ),
  banned(/\bwho(so)?ever\b/i, 'name the actor', 'whoever is on call', 'the engineer on call'),
  banned(/\b(he|him|his|she|her)\b/i, 'you, they', 'if he starts it', 'if you start it'),
  banned(/\bof (its|their|your|our|my) own\b/i, 'its own …, a separate …', 'a role of its own', 'its own role'),
  banned(/\bof (ours|yours|theirs)\b/i, 'our …, your …', 'a role of yours', 'your role'),
  banned(/\b(goes|go|went|going) off\b/i, 'fire', 'the alarm goes off', 'the alarm fires'),
  banned(
    /(?<!break-)(?<!looking )\bglass\b/i,
    'break-glass override',
    'the glass to break',
    'the break-glass override',
  ),
  banned(
    /\bstands?\b(?!-in| for\b)/i,
    'is, belongs',
    'stands in its stage',
    'is in its stage; a stand-in; stands for all files',
  ),
  banned(/\bin vain\b/i, 'without effect', 'is deployed in vain', 'is deployed without effect'),
  banned(
    /\bsave (in|for|that|those|where)\b/i,
    'except',
    'not allowed, save in builds',
    'not allowed, except in builds',
  ),
  banned(/\bknots?\b/i, 'circular dependency', 'without a knot', 'without circular dependencies'),
  banned(/\b(a|our|your) mistakes? of\b/i, 'internal error', 'a mistake of the library', 'an internal error'),
  banned(
    /\bwhat\b[^.:;?|]*\bwhat\b/i,
    'two sentences, or nouns',
    'what it makes is what it needs',
    'It creates the role. The role reads artifacts.',
  ),
];

/** Names of the public API that were replaced. */
const FORMER_NAMES: readonly BannedWord[] = [
  banned(
    /\bApproval\.people\b|\bPeopleApprovalOptions\b/,
    'Approval.manual',
    '`Approval.people()`',
    '`Approval.manual()`',
  ),
  banned(/\bofSteps\b/, 'PipelineStage.steps', '`PipelineStage.ofSteps`', '`PipelineStage.steps`'),
  banned(/\bofType\b/, 'CustomStep.actionType', '`CustomStep.ofType`', '`CustomStep.actionType`'),
  banned(/\bmakesArtifact\b/, 'producesArtifact', '`makesArtifact: true`', '`producesArtifact: true`'),
  banned(
    /\bServiceTraffic\b|\bby(CodeDeploy|DeploymentGroup|Ecs)\b/,
    'ServiceDeploymentController',
    '`ServiceTraffic.byEcs()`',
    '`ServiceDeploymentController.ecs()`',
  ),
  banned(/\bImageOrigin\b/, 'BaseImageSource', '`ImageOrigin.ecr`', '`BaseImageSource.ecr`'),
  banned(
    /\bFreezeSwitch\b|\bswitchedBy\b|\bswitchParameter\b|\bgrantSwitch\b/,
    'FreezeState, freezeState, freezeParameter, grantFreeze',
    '`switchedBy`',
    '`freezeState`',
  ),
  banned(
    /\bdeployRole\b/,
    'actionRole',
    "`deployRole('production')`",
    "`actionRole('production')`, the construct id `ActionRole`",
  ),
  banned(/\bdeploymentRole\b/, 'cloudFormationRole', '`deploymentRole`', '`cloudFormationRole`'),
  banned(
    /\bofPipeline\b/,
    'new PipelineVariable(…)',
    "`PipelineVariable.ofPipeline('NOTE')`",
    "`new PipelineVariable('NOTE')`",
  ),
];

/** Words that no page may contain in prose or inline code, from which readers copy names. Code blocks are exempt. */
export const BANNED_WORDS: readonly BannedWord[] = [...GLOSSARY, ...HABITS, ...FORMER_NAMES];

/** Openings of sentences and list items that make a noun of a clause. A question, which ends in '?', may have them. */
export const BANNED_OPENING: BannedWord = banned(
  /^(What|Who|Whose|Where|How|Whether)\b(?!-)[^?]*$/,
  'a verb or a noun',
  'Whether it waits is unverified.',
  'CodePipeline may wait. What happens next?',
);
