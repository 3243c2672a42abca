extension FaultCatalogue {
  /// The catalogue as Markdown tables: the gates, then each kind in order of precedence.
  package static var document: String {
    var text = "## Gates\n\n" + table(gates)
    for entry in entries {
      text += "\n## \(entry.kind.rawValue)\n\n\(capitalised(entry.summary)).\n\n"
      text += table(entry.parameters)
    }
    return text
  }

  private static func table(_ parameters: [Parameter]) -> String {
    var text = "| member | value | default | meaning |\n| --- | --- | --- | --- |\n"
    for parameter in parameters {
      let byDefault = parameter.byDefault ?? "(required)"
      text +=
        "| `\(parameter.name)` | \(parameter.type.name) | \(byDefault) | \(parameter.meaning) |\n"
    }
    return text
  }

  private static func capitalised(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }
}
