import type { LocaleTexts } from './locale-texts.ts'

/**
 * For Portugal and for Brazil: the third person without a pronoun, which both read as polite, and only words that mean
 * the same in both (so no ecrã or tela, no inquérito or pesquisa, no separador or aba). No wording depends on gender.
 */
export const pt: LocaleTexts = {
  dir: 'ltr',
  ui: {
    close: 'Fechar',
    send: 'Enviar',
    next: 'Continuar',
    back: 'Voltar',
    skip: 'Ignorar',
    kept: 'A sua resposta está guardada neste dispositivo e será enviada assim que possível.',
    notSent: 'A sua resposta ainda não foi enviada. Por favor, tente novamente.',
    retry: 'Tentar novamente',
    required: 'Por favor, responda a esta pergunta para continuar.',
    optional: 'Opcional',
    left: 'Caracteres restantes: {n}',
    over: 'Caracteres a mais: {n}',
    tooFew: 'Por favor, escolha pelo menos {n}.',
    tooMany: 'Por favor, não escolha mais de {n}.',
    email: 'Isto não parece um endereço de e-mail. Pode verificar?',
    progress: 'Pergunta {n} de {m}',
    snooze: 'Agora não',
    later: 'Mais tarde',
    days90: 'Não nos próximos 90 dias',
    never: 'Não perguntar mais',
  },
  thanks: 'Agradecemos a sua opinião',
  comment: 'Escreva com as suas palavras',
  emailPlaceholder: 'nome@example.com',
  open: 'Abrir',
  feedback: 'Dê a sua opinião',
  npsEnds: ['Nada provável', 'Muito provável'],
  cesEnds: ['Discordo totalmente', 'Concordo totalmente'],
  ratingEnds: ['Péssimo', 'Excelente'],
  csatSteps: ['Muito insatisfatório', 'Insatisfatório', 'Razoável', 'Satisfatório', 'Muito satisfatório'],
  gcrSteps: ['Sim', 'Em parte', 'Não'],
  thumbs: ['Gostei', 'Não gostei'],
  other: 'Outra resposta',
  questions: {
    nps: 'Qual é a probabilidade de nos recomendar a alguém próximo?',
    csat: 'Como avalia a sua visita de hoje?',
    ces: 'Foi fácil fazer o que eu queria.',
    gcr: 'Conseguiu fazer o que queria?',
  },
  hosted: {
    closed: 'Este questionário já foi encerrado. Agradecemos o seu interesse.',
    notFound: 'Este questionário não foi encontrado. O link pode estar incompleto.',
    needsJavaScript:
      'Este questionário precisa de JavaScript. Por favor, ative-o no navegador e recarregue a página.',
  },
  screenshot: {
    add: 'Anexar imagem da página',
    point: 'Aponte para o que quer mostrar',
    blur: 'Desfocar o que está escrito nos campos',
    share: 'O navegador vai perguntar o que pode ser capturado. Escolha esta página.',
    take: 'Capturar a página',
    cancel: 'Cancelar',
    preview: 'A imagem da página',
    remove: 'Remover',
    retake: 'Capturar novamente',
    failed: 'Não foi possível capturar a página. A sua resposta pode ser enviada sem a imagem.',
  },
}
