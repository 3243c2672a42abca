import DrydockKernel
import Foundation
import Testing

@testable import DrydockReports

@Suite("HTML report")
struct HTMLReportTests {
  @Test("writes a page when asked to, for people to look at")
  func writesPage() throws {
    guard let folder = ProcessInfo.processInfo.environment["DRYDOCK_HTML"] else { return }
    let page = HTMLReport.bytes(of: OrderFixture.campaign())
    try Data(page).write(to: URL(fileURLWithPath: folder + "/index.html"))
  }
}
