extension PatternProblem {
  /// The problem in words.
  var message: String {
    switch kind {
    case .unexpectedEnd(let expected): "it ends where \(expected) is needed"
    case .unexpected(let text): "'\(text)' at character \(position + 1) has no place there"
    case .unknownEscape(let text):
      "'\\\(text)' at character \(position + 1) is no escape of ECMA-262"
    case .reversedBounds(let text):
      "'\(text)' before character \(position + 1) has its bounds reversed"
    case .unknownProperty(let name): "'\\p{\(name)}' names no Unicode property known here"
    case .unsupported(let construct): "\(construct) cannot be matched in linear time"
    case .tooDeep(let limit): "groups nest deeper than \(limit)"
    case .tooLarge(let limit): "it needs more than \(limit) states"
    }
  }
}
