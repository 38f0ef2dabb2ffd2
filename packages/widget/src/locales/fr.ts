import type { LocaleTexts } from './locale-texts.ts'

/**
 * Addresses the visitor as vous, and no wording depends on the visitor's gender. No-break spaces stand as escapes, so
 * that they can be seen.
 */
export const fr: LocaleTexts = {
  dir: 'ltr',
  ui: {
    close: 'Fermer',
    send: 'Envoyer',
    next: 'Suivant',
    back: 'Retour',
    skip: 'Passer',
    kept: 'Votre réponse est enregistrée sur cet appareil et sera envoyée dès que possible.',
    notSent: 'Votre réponse n’a pas encore pu être envoyée. Merci de réessayer.',
    retry: 'Réessayer',
    required: 'Merci de répondre à cette question pour continuer.',
    optional: 'Facultatif',
    left: 'Caractères restants\u00a0: {n}',
    over: 'Caractères en trop\u00a0: {n}',
    tooFew: 'Merci d’en choisir au moins {n}.',
    tooMany: 'Merci de ne pas en choisir plus de {n}.',
    email: 'Cela ne ressemble pas à une adresse e-mail. Pouvez-vous la vérifier\u202f?',
    progress: 'Question {n} sur {m}',
    snooze: 'Pas maintenant',
    later: 'Plus tard',
    days90: 'Pas avant 90\u00a0jours',
    never: 'Ne plus me solliciter',
  },
  thanks: 'Merci pour votre avis',
  comment: 'Dites-le avec vos mots',
  emailPlaceholder: 'nom@example.com',
  open: 'Ouvrir',
  feedback: 'Votre avis',
  npsEnds: ['Pas du tout probable', 'Très probable'],
  cesEnds: ['Pas du tout d’accord', 'Tout à fait d’accord'],
  ratingEnds: ['Décevant', 'Excellent'],
  csatSteps: ['Très insatisfaisant', 'Insatisfaisant', 'Moyen', 'Satisfaisant', 'Très satisfaisant'],
  gcrSteps: ['Oui', 'En partie', 'Non'],
  thumbs: ['J’aime', 'Je n’aime pas'],
  other: 'Autre réponse',
  questions: {
    nps: 'Quelle est la probabilité que vous nous recommandiez à un proche\u202f?',
    csat: 'Comment évaluez-vous votre visite d’aujourd’hui\u202f?',
    ces: 'J’ai pu faire facilement ce que je voulais.',
    gcr: 'Avez-vous pu faire ce que vous vouliez\u202f?',
  },
  hosted: {
    closed: 'Cette enquête est terminée. Merci de l’intérêt que vous y portez.',
    notFound: 'Cette enquête est introuvable. Le lien est peut-être incomplet.',
    needsJavaScript:
      'Cette enquête a besoin de JavaScript. Merci de l’activer dans votre navigateur et de recharger la page.',
  },
  screenshot: {
    add: 'Joindre une capture',
    point: 'Montrez ce dont vous parlez',
    blur: 'Flouter ce qui est saisi dans les champs',
    share: 'Votre navigateur va demander quoi partager. Choisissez cet onglet.',
    take: 'Faire la capture',
    cancel: 'Annuler',
    preview: 'Votre capture',
    remove: 'Retirer',
    retake: 'Refaire la capture',
    failed: 'La capture n’a pas fonctionné. Votre réponse peut être envoyée sans elle.',
  },
}
