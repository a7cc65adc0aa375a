package com.example.workload;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** What is counted by the MBeans whose names match the pattern {@code mbeans}, such as those of the container's session manager. */
public final class FiguresServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        response.setContentType("text/plain;charset=UTF-8");
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            ObjectName pattern = new ObjectName(request.getParameter("mbeans"));
            for (ObjectName manager : server.queryNames(pattern, null)) {
                for (MBeanAttributeInfo attribute : server.getMBeanInfo(manager).getAttributes()) {
                    if (attribute.getType().equals("long")
                            || attribute.getType().equals("int")) {
                        response.getWriter()
                                .print(attribute.getName() + "=" + server.getAttribute(manager, attribute.getName())
                                        + "\n");
                    }
                }
            }
        } catch (JMException e) {
            throw new ServletException(e);
        }
    }
}
